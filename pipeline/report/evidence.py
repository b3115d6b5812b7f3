"""What the report shows when an incident is opened: its mentions with their sentences in marked pieces, in packed chunks that the page unpacks one by one."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.catalog import identifier
from pipeline.marks import KINDS, Mark, actor_label, date_label, find_marks, segments
from schemas.event_types import event_types, own_columns
from schemas.tables import mention_columns

CHUNK_INCIDENTS = 256
"""So many incidents are unpacked together when one of them is opened."""
_MENTIONS_PER_INCIDENT = 20
_ROWS = 2_000
_HEADS = """SELECT c.row, i.incident_id, i.scope, i.part_of, i.package_id, i.confidence, i.disputed, i.mentions{own}
FROM page.chosen AS c JOIN store.incidents AS i ON i.incident_id = c.incident_id ORDER BY c.row"""
_MENTIONS = """SELECT s.row, m.*, d.source, d.title, d.uri
FROM page.shown AS s JOIN ({every_type}) AS m ON m.event_id = s.event_id LEFT JOIN store.documents AS d ON d.doc_id = m.doc_id
ORDER BY s.row, m.published_date DESC NULLS LAST, m.event_id"""


@dataclasses.dataclass(frozen=True)
class Evidence:
    """The mentions that the page has.

    Attributes:
        chunks: Chunk n has the incidents from row n * CHUNK_INCIDENTS on, as `packed` makes it.
        mentions: Mentions within.
        left_out: Mentions of the page's incidents that are not.
    """

    chunks: tuple[str, ...]
    mentions: int
    left_out: int


def packed(content: object) -> str:
    """JSON, compressed, in letters that mean nothing to HTML: text of documents cannot leave it."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return base64.b64encode(gzip.compress(data, compresslevel=6, mtime=0)).decode("ascii")


def collect_evidence(connection: duckdb.DuckDBPyConnection, incidents: int, limit: int) -> Evidence:
    """Asks a store for the mentions of the incidents in the table `page.chosen` (`facts.collect_facts`).

    Args:
        connection: The connection.
        incidents: The number of incidents in `page.chosen`.
        limit: So many mentions at most: those of the first incidents, and of each incident the latest published.
    """
    connection.execute(
        """CREATE TABLE page.shown AS SELECT event_id, row FROM (
          SELECT m.event_id, c.row, row_number() OVER (PARTITION BY c.row ORDER BY m.published_date DESC NULLS LAST, m.event_id) AS place
          FROM page.chosen AS c JOIN store.incident_members AS m ON m.incident_id = c.incident_id
        ) WHERE place <= ? ORDER BY row, place LIMIT ?""",
        [_MENTIONS_PER_INCIDENT, limit],
    )
    heads, rows = _rows(connection, _HEADS.format(own=_free_columns())), _rows(connection, _MENTIONS.format(every_type=_every_type()))
    chunks: list[str] = []
    pending = next(rows, None)
    shown = told = 0
    for _ in range(0, incidents, CHUNK_INCIDENTS):
        builder = _Builder()
        for head in itertools.islice(heads, CHUNK_INCIDENTS):
            mentions = []
            while pending is not None and pending["row"] == head["row"]:
                mentions.append(builder.mention(pending))
                pending = next(rows, None)
            shown += len(mentions)
            told += head["mentions"]
            builder.add(head, mentions)
        chunks.append(packed(builder.content()))
    return Evidence(tuple(chunks), shown, told - shown)


def _every_type() -> str:
    """The mentions of all event types with their own columns."""
    shared = [each.name for each in mention_columns()]
    return " UNION ALL BY NAME ".join(
        f"SELECT {', '.join(map(identifier, (*shared, *(each.name for each in own_columns(record)))))} FROM store.{identifier(name)}"  # noqa: S608 - names of ours
        for name, record in event_types().items()
    )


def _free_columns() -> str:
    """Own columns of event types that hold words of the text: these are read when an incident is opened, and not before."""
    found = {each.name: each for record in event_types().values() for each in own_columns(record)}
    names = [each.name for each in found.values() if pa.types.is_string(each.arrow) and not each.values and each.name != "currency"]
    return "".join(f", i.{identifier(name)}" for name in names)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    result = connection.cursor().execute(query)
    names = [str(column[0]) for column in result.description or ()]
    while rows := result.fetchmany(_ROWS):
        for row in rows:
            yield dict(zip(names, row, strict=True))


class _Builder:
    """Makes one chunk; documents stand in it once."""

    def __init__(self) -> None:
        self._documents: dict[str, int] = {}
        self._about: list[list[Any]] = []
        self._incidents: list[dict[str, Any]] = []

    def add(self, head: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]]) -> None:
        """Adds an incident with its mentions."""
        stated = {name: value for name, value in head.items() if value is not None and name != "row"}
        self._incidents.append(stated | {"shown": list(mentions)})

    def mention(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A mention as the page reads it; what is null is left out."""
        sentence, offset = str(row["sentence"]), int(row["sentence_start"])
        marks = find_marks(sentence, row, offset)
        own = [(each.name, row[each.name]) for each in own_columns(event_types()[row["event_type"]])]
        found = {
            "document": self._document(row),
            "status": row["status"],
            "decision": row.get("decision"),
            "date": date_label(row),
            "sentence": [_piece(words, covering) for words, covering in segments(sentence, 0, len(sentence), marks)],
            # Who is named elsewhere in the text and meant here.
            "carried": [actor_label(each) for each in row["actors"] if not offset <= each["text_start"] < offset + len(sentence)],
            "own": [[name.replace("_", " "), _plain(value)] for name, value in own if value not in (None, "unknown")],
            "attributed_to": row["attributed_to"],
            "blame": row["blame"],
            "rule": row["rule"],
            "confidence": row["confidence"],
        }
        return {name: value for name, value in found.items() if value not in (None, [])}

    def _document(self, row: Mapping[str, Any]) -> int:
        doc_id = str(row["doc_id"])
        if doc_id not in self._documents:
            self._documents[doc_id] = len(self._about)
            self._about.append([doc_id, row["source"], row["title"], row["uri"], str(row["published_date"] or "")])
        return self._documents[doc_id]

    def content(self) -> dict[str, Any]:
        """The chunk; `pipeline/report/web/evidence.js` reads it."""
        return {"documents": self._about, "incidents": self._incidents}


def _piece(words: str, covering: Sequence[Mark]) -> str | list[str]:
    if not covering:
        return words
    kind = min((mark.kind for mark in covering), key=KINDS.index)
    return [words, kind, "; ".join(dict.fromkeys(mark.label for mark in covering))]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float | str) else str(value)
