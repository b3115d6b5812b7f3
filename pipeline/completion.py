"""Completion of SQL at the prompt: views after FROM and JOIN, a view's columns after its alias and a point, arguments of the lines that begin with a point."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

_KEYWORDS = (
    "SELECT", "FROM", "WHERE", "GROUP BY", "GROUP BY ALL", "ORDER BY", "LIMIT", "HAVING", "JOIN", "LEFT JOIN", "USING", "ON", "AS", "AND", "OR", "NOT",
    "IN", "IS NULL", "IS NOT NULL", "LIKE", "ILIKE", "BETWEEN", "DISTINCT", "COUNT", "SUM", "MIN", "MAX", "AVG", "STRING_AGG", "FILTER", "CASE", "WHEN",
    "THEN", "ELSE", "END", "WITH", "DESC", "ASC", "NULLS LAST", "UNION ALL", "EXCLUDE", "DATE_TRUNC",
)  # fmt: skip
_LAST_WORD = re.compile(r"(?:(?P<qualifier>\w+)\.)?(?P<word>\w*)\Z")
_RELATION = re.compile(r"\b(?:FROM|JOIN)\s+(?P<view>\w+)(?:\s+(?:AS\s+)?(?!(?:WHERE|ON|USING|JOIN|LEFT|GROUP|ORDER|LIMIT)\b)(?P<alias>\w+))?", re.IGNORECASE)
_WANTS_VIEW = re.compile(r"\b(?:FROM|JOIN)\s+\w*\Z", re.IGNORECASE)


class SqlCompleter(Completer):
    """Completes SQL over the views of a store.

    Args:
        columns: View -> column -> its meaning, shown beside it; asked when first needed.
        views: View -> what one row is.
        commands: A line that begins with a point -> the arguments that it can take.
    """

    def __init__(self, columns: Callable[[], Mapping[str, Mapping[str, str]]], views: Mapping[str, str], commands: Mapping[str, Iterable[str]]) -> None:
        self._columns, self._views, self._commands = columns, views, commands

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - prompt_toolkit's signature
        """What the word before the cursor can become."""
        before = document.text_before_cursor
        if before.startswith("."):
            yield from self._of_command(before)
            return
        match = _LAST_WORD.search(before)
        word, qualifier = (match["word"], match["qualifier"]) if match else ("", None)
        for name, meaning in self._candidates(before, document.text, qualifier, word):
            if name.lower().startswith(word.lower()):
                yield Completion(name, start_position=-len(word), display_meta=meaning)

    def _of_command(self, before: str) -> Iterator[Completion]:
        name, blank, rest = before.partition(" ")
        for each in self._commands.get(name, ()) if blank else self._commands:
            if each.startswith(rest if blank else name):
                yield Completion(each, start_position=-len(rest if blank else name))

    def _candidates(self, before: str, text: str, qualifier: str | None, word: str) -> Iterator[tuple[str, str]]:
        named = {match["alias"] or match["view"]: match["view"] for match in _RELATION.finditer(text)}
        if qualifier is not None:
            yield from self._columns().get(named.get(qualifier, qualifier), {}).items()
            return
        if _WANTS_VIEW.search(before):
            yield from self._views.items()
            return
        # Without a view in the query any column can be meant; with one, its own.
        asked = [view for view in dict.fromkeys(named.values()) if view in self._views] or list(self._views)
        seen: dict[str, str] = {}
        for view in asked:
            seen = {**self._columns().get(view, {}), **seen}
        yield from seen.items()
        if word:
            yield from self._views.items()
            yield from ((each if word.isupper() else each.lower(), "") for each in _KEYWORDS)
