"""How cost grows with the number of documents: time and memory of first runs, and of a second run with 1 % new documents."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence

from tests.benchmarks.measure import Figure
from tests.benchmarks.texts import Record, mixed, write
from tests.benchmarks.watching import Watched, watch

SENTENCES = 12
"""Documents are as long as short articles."""


def growth(records: Sequence[Record], counts: Sequence[int], scratch: pathlib.Path) -> Iterator[Figure]:
    """First runs over so many documents with two workers, and a second run after the last.

    Args:
        records: Whose sentences are mixed.
        counts: Numbers of documents, ascending.
        scratch: A folder for inputs and stores.
    """
    before: Watched | None = None
    for count in counts:
        source, store = write(scratch / f"mixed-{count}.jsonl", mixed(records, count, SENTENCES)), scratch / f"store-{count}"
        found = _run(source, store)
        yield Figure(f"{count:,} documents: processor time", found.processor, "s")
        yield Figure(f"{count:,} documents: largest worker", found.worker, "MB", 600)
        yield Figure(f"{count:,} documents: launcher", found.launcher, "MB")
        if before is not None:
            limit = 1.1 if count >= 100_000 else None  # tables and caches fill in the first thousands
            yield Figure(f"{count:,} documents: largest worker against that of the run before", found.worker / before.worker, "×", limit)
        before = found
        if count == counts[-1]:
            new = write(
                scratch / "new.jsonl", (record | {"doc_id": f"new-{record['doc_id']}"} for record in mixed(records, max(count // 100, 1), SENTENCES, 5))
            )
            with source.open("a", encoding="utf-8") as file:
                file.write(new.read_text("utf-8"))
            second = _run(source, store)
            yield Figure(f"second run with 1 % new of {count:,} documents, of the first one's processor time", 100 * second.processor / found.processor, "%", 3)


def _run(source: pathlib.Path, store: pathlib.Path) -> Watched:
    return watch(["run", str(source), "--store", str(store), "--workers", "2", "--quiet"])
