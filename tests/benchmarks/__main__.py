"""Measures the speed of dateline: `python -m tests.benchmarks` prints a table and writes it as JSON.

The texts are those of two corpora that are not part of the repository; any JSON Lines file of news with `doc_id`, `text` and `published` does.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import platform
import tempfile
from collections.abc import Iterator

from tests.benchmarks.measure import THREADS

os.environ.update(THREADS)  # before numpy is imported

from tests.benchmarks import reading
from tests.benchmarks.clustering import clustering
from tests.benchmarks.growth import growth
from tests.benchmarks.large_store import build
from tests.benchmarks.measure import HEADER, Figure, line, run_program, write_json
from tests.benchmarks.monthly import changed_ids
from tests.benchmarks.texts import mixed, sample, write
from tests.benchmarks.views import timed_views

_CORPORA = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "corpora"

_MEASUREMENTS = ("extraction", "runs", "workers", "growth", "starts", "clustering", "monthly", "views")


def main() -> None:
    """Measures and tells."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=pathlib.Path, default=_CORPORA, help="folder with whitehouse.jsonl.gz and current_events.jsonl.gz")
    parser.add_argument("--documents", type=int, default=1000, help="documents of general news; four times as many short ones of dense text")
    parser.add_argument("--pairs", type=int, default=5, help="interleaved pairs, at least five")
    parser.add_argument("--full", action="store_true", help="also 100,000 documents, 1 million mentions clustered, and views over 10 million")
    parser.add_argument("--only", choices=_MEASUREMENTS, action="append", help="only some of the measurements")
    parser.add_argument("--json", type=pathlib.Path, default=pathlib.Path("benchmarks.json"), help="where the figures are written")
    options = parser.parse_args()
    figures: list[Figure] = []
    print(HEADER, flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory(prefix="dateline-benchmarks-") as folder:
        for figure in _measured(options, pathlib.Path(folder)):
            # What was measured is kept, whatever comes after it.
            print(line(figure), flush=True)  # noqa: T201
            figures.append(figure)
            write_json(options.json, figures, _facts(options))


def _measured(options: argparse.Namespace, scratch: pathlib.Path) -> Iterator[Figure]:
    wanted = options.only or _MEASUREMENTS
    general = sample(options.corpora / "whitehouse.jsonl.gz", options.documents)
    dense = sample(options.corpora / "current_events.jsonl.gz", 4 * options.documents)
    for name, records, times, own in (("general news", general, 6, 4), ("event-dense text", dense, 3, 7)):
        if {"extraction", "runs"} & {*wanted}:
            yield from reading.beside_spacy(name, records, scratch, pairs=options.pairs, times=times, own=own, runs="runs" in wanted)
    if "workers" in wanted:
        yield reading.two_workers(dense, scratch, pairs=max(options.pairs // 2, 1))
    if "growth" in wanted:
        yield from growth(general + dense, (1_000, 10_000, 100_000) if options.full else (1_000, 10_000), scratch)
    if "starts" in wanted:
        source, store = write(scratch / "few.jsonl", mixed(dense, 20)), scratch / "store-few"
        run_program(["run", str(source), "--store", str(store), "--quiet"])
        yield from reading.starts(store, pairs=options.pairs)
    if "clustering" in wanted:
        yield from clustering((10_000, 100_000, 1_000_000) if options.full else (10_000, 100_000), scratch)
    if "monthly" in wanted:
        yield from changed_ids(sample(options.corpora / "current_events.jsonl.gz", 30_000 if options.full else 3_000), scratch)
    if "views" in wanted:
        yield from timed_views(build(scratch / "large", 10_000_000 if options.full else 200_000), pairs=options.pairs)


def _facts(options: argparse.Namespace) -> dict[str, object]:
    return {
        "documents": options.documents,
        "pairs": options.pairs,
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
