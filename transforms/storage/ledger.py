"""Rejects and runs: what a run writes down about its own making."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.ledger import Reject, Run
from schemas.tables import tables
from transforms.storage.draft import Draft, keys
from transforms.storage.months import by_month
from transforms.storage.rows import reject_row
from transforms.storage.staged import Staged

# What says that two rejects are of the same input for the same reason.
_SAME = ("uri", "record", "stage", "kind", "error", "payload")


def put_rejects(draft: Draft, staged: Staged, left_out: Iterable[Reject]) -> collections.Counter[str]:
    """Puts a run's rejects into a draft.

    A reject that an earlier run has written for the same input is written once, with the later run, so that reading the same files again changes nothing.
    Duplicates are counted where they are found: those of a file that was read before come as `KnownBatch` and not as rejects.

    Args:
        draft: The version to be.
        staged: The run's staged rejects. Those of the stage `identify` are of documents that the store has, which are counted as unchanged.
        left_out: Documents that the rules of identity leave out.

    Returns:
        Kind -> how many records the readers and the extraction have turned down.
    """
    own = pa.Table.from_pylist([reject_row(each) for each in left_out], schema=tables()["rejects"].schema)
    again: collections.Counter[bytes] = collections.Counter()
    uris: set[str] = set()
    counts: collections.Counter[str] = collections.Counter()
    for rows in (*staged.rows("rejects", [*_SAME]), own.select(_SAME)):
        for row in rows.to_pylist():
            if row["stage"] != "identify" or row["error"] != "duplicate":
                again[_same(row)] += 1
                uris.add(row["uri"])
    for rows in staged.rows("rejects", ["kind", "stage"]):
        counted = rows.filter(pc.not_equal(rows.column("stage"), "identify"))
        for each in pc.value_counts(counted.column("kind").combine_chunks()).to_pylist():
            counts[each["values"]] += each["counts"]
    if own.num_rows or staged.has("rejects"):

        def not_again(rows: pa.Table) -> pa.Table:
            kept = []
            for row in rows.select(_SAME).to_pylist():
                digest = _same(row)
                kept.append(again[digest] <= 0)
                again[digest] -= 1
            return rows.filter(pa.array(kept, pa.bool_()))

        draft.rewrite("rejects", {"": [*staged.rows("rejects"), own]}, key="uri", touch=keys(uris), keep=not_again)
    return counts


def _same(row: Mapping[str, object]) -> bytes:
    return hashlib.blake2b(repr([row[name] for name in _SAME]).encode(), digest_size=16).digest()


def newest_version(draft: Draft) -> str | None:
    """The version of dateline and its seeds that the last run of a store had; None before the first."""
    runs = draft.collect("runs", ["finished", "version"]).to_pylist()
    return max(runs, key=lambda run: run["finished"])["version"] if runs else None


def put_run(draft: Draft, run: Run) -> Run:
    """Puts a run's row into a draft, of its inputs those that no run before has read; returns it so."""
    before = {path for rows in draft.read("runs", ["inputs"]) for paths in rows.column("inputs").to_pylist() for path in paths}
    run = dataclasses.replace(run, inputs=tuple(sorted(set(run.inputs) - before)))
    row = dataclasses.asdict(run) | {"inputs": list(run.inputs)}
    draft.rewrite("runs", by_month("runs", pa.Table.from_pylist([row], schema=tables()["runs"].schema)))
    return run
