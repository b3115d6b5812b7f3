"""Which documents of a run are new, replace an older text, or are left out: the contract's rules of identity, on light records alone."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable

_LINK_SCHEMES = ("http://", "https://")
_FIRST = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclasses.dataclass(frozen=True)
class Copy:
    """A document as it was staged or stored, without its text.

    Attributes:
        part: The staged part that holds it; empty for one of the store.
        doc_id: Its id.
        text_hash: The digest of its text.
        published: When it was published.
        uri: Its link or file.
        source: Its publisher.
        rest: Its other fields, so that of copies that differ in these alone the same one stays whatever the order.
        made_by: The model and version that extracted it.
    """

    part: str
    doc_id: str
    text_hash: str
    published: datetime.datetime | None
    uri: str | None
    source: str | None
    rest: str
    made_by: str


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What becomes of the copies of one document.

    Attributes:
        kept: The staged copy that goes into the store; None if the store stays as it is.
        removed: Whether the store's copy leaves.
        added: Documents new to the store, 0 or 1.
        replaced: Texts that took the place of an older one.
        unchanged: Copies that the store has already.
        rejected: Copies that are left out, each with the reject's kind and error.
        given_again: Copies that are duplicates of the store's document, counted as unchanged or replaced: the one of two with the same text that does not
            stay, as if one run had read both.
    """

    kept: Copy | None
    removed: bool
    added: int
    replaced: int
    unchanged: int
    rejected: tuple[tuple[Copy, str, str], ...]
    given_again: tuple[Copy, ...]


def resolve(staged: Iterable[Copy], stored: Copy | None, *, seen_again: bool = False, refresh: bool = False) -> Verdict:
    """Applies the rules of identity to all copies of one document id.

    Copies are taken in order of publication (nulls first), then of their text's digest: the same id and text again is a duplicate, and of all that were ever
    given the first copy stays; another text replaces the older where link and source agree or are missing, else it is an id conflict. So of two texts of one
    run the later stays, and the run's stays over the store's, whatever the order of files.

    Args:
        staged: The run's copies, all of one id.
        stored: The store's copy, if it has one.
        seen_again: The run has read the store's text as well: an older text is then no news, and the document unchanged.
        refresh: A copy made by another model or version than the store's takes its place.
    """
    kept: Copy | None = None
    standing = stored
    added = replaced = unchanged = 0
    rejected: list[tuple[Copy, str, str]] = []
    given_again: list[Copy] = []
    for copy in sorted(staged, key=_order):
        if standing is None:
            kept, added = copy, 1
        elif copy.text_hash == standing.text_hash:
            if standing is not stored:
                rejected.append((copy, "skipped", "duplicate"))
                continue
            if refresh and copy.made_by != standing.made_by and _order(copy)[:3] == _order(standing)[:3]:
                kept, replaced = copy, replaced + 1
            elif _order(copy)[:3] < _order(standing)[:3]:
                kept, replaced = copy, replaced + 1
                given_again.append(standing)
            else:
                unchanged += 1
                given_again.append(copy)
                continue
        elif not _same_origin(copy, standing):
            rejected.append((copy, "failed", "id_conflict"))
            continue
        elif seen_again and standing is stored and _order(copy)[:2] < _order(stored)[:2]:
            unchanged += 1
            continue
        else:
            kept = copy
            replaced += 1
        standing = copy
    return Verdict(kept, stored is not None and kept is not None, added, replaced, unchanged, tuple(rejected), tuple(given_again))


def _order(copy: Copy) -> tuple[datetime.datetime, str, str, str]:
    return (copy.published or _FIRST, copy.text_hash, repr((copy.uri, copy.source, copy.rest)), f"{copy.made_by} {copy.part}")


def _same_origin(one: Copy, other: Copy) -> bool:
    return _agree(_link(one.uri), _link(other.uri)) and _agree(one.source, other.source)


def _link(uri: str | None) -> str | None:
    """The link of a document; a document without one has the file it was read from as uri, which says nothing of its identity."""
    return uri if uri is not None and uri.lower().startswith(_LINK_SCHEMES) else None


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
