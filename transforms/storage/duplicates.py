"""Documents that repeat the text of another, or nearly: kept, with their mentions, but they add nothing to the sources of an incident."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.tables import tables
from transforms.storage.draft import Draft, keys
from transforms.storage.near_copies import Printed, band_keys, months_around, originals
from transforms.storage.periods import month_name
from transforms.storage.spool import in_larger_pieces


@dataclasses.dataclass(frozen=True)
class Duplicates:
    """The duplicates of a version.

    Attributes:
        originals: Document -> the earliest document that it repeats.
        changed: Documents for which that is new, gone or another one than in the version before.
    """

    originals: Mapping[str, str]
    changed: Collection[str]


def find_duplicates(draft: Draft, touched: pa.Array, removed: Collection[str]) -> Duplicates:
    """Finds the duplicates anew among documents that may repeat a text that a run has brought or taken, and puts them into the draft.

    What repeats a text, directly or over others, is a family. A family is looked at again, whole, if one of its documents has left or a new one may repeat one
    of it; so the result is that of all documents together.

    Args:
        draft: The version to be, with its documents.
        touched: Digests of texts that the run has added or removed.
        removed: Documents that left, or came again with another text.
    """
    before = dict(zip(*(draft.collect("duplicates", ["doc_id", "duplicate_of"]).column(name).to_pylist() for name in ("doc_id", "duplicate_of")), strict=True))
    families: dict[str, list[str]] = {}
    for doc_id, original in before.items():
        families.setdefault(original, [original]).append(doc_id)
    looked_at = {*removed, *_may_repeat(draft, touched)}
    roots = {before.get(doc_id, doc_id) for doc_id in looked_at}
    looked_at |= {doc_id for root in roots for doc_id in families.get(root, ())}
    printed = draft.collect("documents", list(Printed._fields), where=("doc_id", keys(looked_at)))
    after = {doc_id: original for doc_id, original in before.items() if doc_id not in looked_at}
    after |= originals(Printed(*row) for row in zip(*(printed.column(name).to_pylist() for name in Printed._fields), strict=True))
    changed = {doc_id for doc_id in before.keys() | after.keys() if before.get(doc_id) != after.get(doc_id)}
    if changed:
        rows = [{"doc_id": doc_id, "duplicate_of": original} for doc_id, original in sorted(after.items())]
        draft.replace_all("duplicates", pa.Table.from_pylist(rows, schema=tables()["duplicates"].schema))
    return Duplicates(after, changed)


def _may_repeat(draft: Draft, touched: pa.Array) -> set[str]:
    """Documents that have a touched text, or a band in common with one: those of them that are not alone."""
    columns = ["doc_id", "text_hash", "published_date", "signature"]
    pieces = [_Concerned(rows) for rows in draft.read("documents", columns, where=("text_hash", touched))]
    if not pieces:
        return set()
    concerned = pa.concat_tables([each.documents for each in pieces])
    counts = pc.value_counts(concerned.column("text_hash"))
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    found = set(concerned.column("doc_id").filter(pc.is_in(concerned.column("text_hash"), value_set=several)).to_pylist())
    wanted, times = np.unique(np.concatenate([each.bands for each in pieces]), return_counts=True)
    shared = [wanted[times > 1]]
    months = {month_name(month) for month in months_around(pc.unique(concerned.column("published_date")).to_pylist())}
    for rows in in_larger_pieces(draft.read("documents", columns, months=months)):
        strangers = _Concerned(rows.filter(pc.invert(pc.is_in(rows.column("text_hash"), value_set=touched))))
        found.update(strangers.with_a_band_of(wanted))
        shared.append(strangers.bands[_among(strangers.bands, wanted)])
    common = np.unique(np.concatenate([each.ravel() for each in shared]))
    for each in pieces:
        found.update(each.with_a_band_of(common))
    return found


class _Concerned:
    """Some documents without their signatures, and the bands of those that have one."""

    def __init__(self, rows: pa.Table) -> None:
        self.documents = rows.drop_columns(["signature"])
        self.bands, self._positions = band_keys(rows.column("signature").combine_chunks())

    def with_a_band_of(self, bands: NDArray[np.int64]) -> list[str]:
        """The documents that have one of some bands, which are given in ascending order."""
        hits = _among(self.bands, bands).any(axis=1)
        found: list[str] = self.documents.column("doc_id").take(pa.array(self._positions[hits])).to_pylist()
        return found


def _among(values: NDArray[np.int64], ascending: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which values are among others, without sorting these once more."""
    if not len(ascending):
        return np.zeros(values.shape, bool)
    place = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return np.equal(ascending[place], values)
