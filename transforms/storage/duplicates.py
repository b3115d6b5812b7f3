"""Documents that repeat the text of another: kept, with their mentions, but they add nothing to the sources of an incident."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import tables
from transforms.storage.draft import Draft
from transforms.storage.identity import originals

_COLUMNS = ["doc_id", "text_hash", "published"]


@dataclasses.dataclass(frozen=True)
class Duplicates:
    """The duplicates of a version.

    Attributes:
        originals: Document -> the earliest document with the same text.
        changed: Documents for which that is new, gone or another one than in the version before.
    """

    originals: Mapping[str, str]
    changed: Collection[str]


def find_duplicates(draft: Draft, touched: pa.Array, removed: Collection[str]) -> Duplicates:
    """Finds the duplicates anew among documents with the texts that a run has brought or taken, and puts them into the draft.

    Args:
        draft: The version to be, with its documents.
        touched: Digests of texts that the run has added or removed.
        removed: Documents that left, or came again with another text.
    """
    before = dict(zip(*(draft.collect("duplicates", ["doc_id", "duplicate_of"]).column(name).to_pylist() for name in ("doc_id", "duplicate_of")), strict=True))
    concerned = draft.collect("documents", _COLUMNS, where=("text_hash", touched))
    # Only texts that several documents have can make duplicates.
    counts = pc.value_counts(concerned.column("text_hash"))
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    shared = concerned.filter(pc.is_in(concerned.column("text_hash"), value_set=several))
    looked_at = set(concerned.column("doc_id").to_pylist()) | set(removed)
    after = {doc_id: original for doc_id, original in before.items() if doc_id not in looked_at}
    after |= originals(zip(*(shared.column(name).to_pylist() for name in _COLUMNS), strict=True))
    changed = {doc_id for doc_id in before.keys() | after.keys() if before.get(doc_id) != after.get(doc_id)}
    if changed:
        rows = [{"doc_id": doc_id, "duplicate_of": original} for doc_id, original in sorted(after.items())]
        draft.replace_all("duplicates", pa.Table.from_pylist(rows, schema=tables()["duplicates"].schema))
    return Duplicates(after, changed)
