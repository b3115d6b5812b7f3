"""Documents that repeat the text of another, or nearly: kept, with their mentions, but they add nothing to the sources of an incident."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import tables
from transforms.storage.draft import Draft, keys
from transforms.storage.near_copies import Printed, band_keys, months_around, originals


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
    concerned = draft.collect("documents", ["doc_id", "text_hash", "published_date", "signature"], where=("text_hash", touched))
    counts = pc.value_counts(concerned.column("text_hash"))
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    found = set(concerned.column("doc_id").filter(pc.is_in(concerned.column("text_hash"), value_set=several)).to_pylist())
    bands, positions = band_keys(concerned.column("signature").combine_chunks())
    ids = concerned.column("doc_id").take(pa.array(positions))
    wanted, times = np.unique(bands, return_counts=True)
    found.update(ids.filter(pa.array(np.isin(bands, wanted[times > 1]).any(axis=1))).to_pylist())
    months = {f"{month:%Y-%m}" for month in months_around(pc.unique(concerned.column("published_date")).to_pylist())}
    shared = []
    for rows in draft.read("documents", ["doc_id", "signature"], months=months):
        others, positions = band_keys(rows.column("signature").combine_chunks())
        hits = np.isin(others, wanted)
        near = rows.column("doc_id").take(pa.array(positions)).filter(pa.array(hits.any(axis=1)))
        strangers = pc.invert(pc.is_in(near, value_set=concerned.column("doc_id").combine_chunks()))
        found.update(near.filter(strangers).to_pylist())
        shared.append(others[hits.any(axis=1)][np.asarray(strangers, bool)])
    if shared:
        found.update(ids.filter(pa.array(np.isin(bands, np.concatenate(shared)).any(axis=1))).to_pylist())
    return found
