"""Whatever is done to a store in whatever order, and by whatever periods its tables are kept meanwhile, it says what one run over its documents says."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import os
import pathlib
import tempfile
import types
from collections.abc import Iterator
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.database import open_store
from schemas.event_types import event_types
from schemas.tables import tables
from tests.transforms.storage.synthetic import ByDayAndPlace, contents, document, extraction, mention, store
from transforms.events.extraction import Extraction
from transforms.storage import draft, partitions, spool
from transforms.storage.files import LocalFiles
from transforms.storage.manifest import Manifest, current
from transforms.storage.months import month_names
from transforms.storage.partitions import read_rows
from transforms.storage.periods import longer
from transforms.storage.upkeep import forget, maintain

# Where what the files hold is changed, run some hundred: LAYOUT_EXAMPLES=300.
EXAMPLES = int(os.environ.get("LAYOUT_EXAMPLES", "3"))
NOW = datetime.datetime(2025, 4, 1, 9, tzinfo=datetime.UTC)
# The first and the last day among them: what feeds give where they know none.
DAYS = (None, "0001-01-01", "2023-12-31", "2024-01-01", "2024-02-29", "2025-03-01", "9999-12-31")

Said = tuple[str | None, bool, str, str]
Thresholds = dict[tuple[types.ModuleType, str], int]

thresholds = st.fixed_dictionaries(
    {
        (partitions, "_TOGETHER_BYTES"): st.sampled_from([0, 1000, 4000, 8 << 20]),
        (partitions, "_CHUNK_BYTES"): st.sampled_from([1, 48 << 20]),
        (partitions, "_FILE_BYTES"): st.sampled_from([100, 128 << 20]),
        (partitions, "_ROW_GROUP"): st.sampled_from([1, 16_384]),
        (draft, "_SMALL_BYTES"): st.sampled_from([0, 4 << 20]),
        (draft, "_FEW_BYTES"): st.sampled_from([0, 20_000, 2 << 20]),
        (spool, "_HELD_BYTES"): st.sampled_from([0, 1000, 8 << 20]),
    }
)
# What a document says: its days, and of each mention the day, whether it is placed, and whether it gathers the others of its day.
told = st.tuples(
    st.sampled_from(DAYS),
    st.lists(st.tuples(st.sampled_from(DAYS), st.booleans(), st.sampled_from(["occurred", "ongoing"]), st.sampled_from(["hit", "wave"])), max_size=4),
)
documents = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 2), told), max_size=6)
operations = st.lists(
    st.tuples(
        st.one_of(
            st.tuples(st.sampled_from(["run", "refresh"]), documents),
            st.tuples(st.just("forget"), st.sets(st.sampled_from("abcdefgh"), max_size=3)),
            st.just(("maintain", None)),
        ),
        thresholds,
    ),
    min_size=2,
    max_size=7,
)


def extracted(doc_id: str, text: str, published: str | None, mentions: list[Said], version: str) -> Extraction:
    source = document(doc_id, published, text, source=f"Courier {ord(doc_id) % 3}")
    kinds = itertools.cycle(event_types().values())
    return extraction(
        source,
        *(
            mention(
                source, number, kind, day, status=status, trigger=trigger, sentence=text, sentence_end=len(text), version=version,
                **({} if placed else {"locations": ()}),
            )
            for number, (kind, (day, placed, status, trigger)) in enumerate(zip(kinds, mentions, strict=False))
        ),
        version=version,
    )  # fmt: skip


@contextlib.contextmanager
def patched(values: Thresholds) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for (module, name), value in values.items():
            stack.enter_context(mock.patch.object(module, name, value))
        yield


def check_layout(files: LocalFiles, manifest: Manifest) -> None:
    """Each table's periods have no day in common, and each file holds rows of its own."""
    for table in tables().values():
        periods = {file.month for file in manifest.of(table.name)}
        assert not [each for each in periods if periods.intersection(longer(each)) != {each}], (table.name, periods)
        if table.month_of is not None:
            for file in manifest.of(table.name):
                for rows in read_rows(files, table, file.path, [table.month_of]):
                    assert all(file.month in longer(month) for month in month_names(rows.column(0)))


def read(files: LocalFiles, manifest: Manifest) -> list[str]:
    """What a version says, as far as documents and the incidents of mentions go."""
    version = draft.Draft(files, "", manifest)
    found = [version.collect("documents", ["doc_id", "text"]), *(version.collect(name, ["event_id", "incident_id", "event_date"]) for name in event_types())]
    return sorted(repr(row) for each in found for row in each.to_pylist())


def check_views(folder: pathlib.Path, mentions: int) -> None:
    """Views see each mention once, and know its month of publication."""
    with open_store(str(folder)) as connection:
        counts = connection.execute(
            "SELECT count(*), count(*) FILTER (published_month IS DISTINCT FROM date_trunc('month', published_date)) FROM store.mentions"
        )
        assert counts.fetchone() == (mentions, 0)


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck))
@given(operations)
def test_a_store_says_what_one_run_over_its_documents_says(operations: list[tuple[tuple[str, Any], Thresholds]]) -> None:
    present: dict[str, Extraction] = {}
    with tempfile.TemporaryDirectory() as name:
        folder, once = pathlib.Path(name) / "many", pathlib.Path(name) / "once"
        files = LocalFiles(str(folder))
        store(folder, "first", now=lambda: NOW)
        seen = []
        for number, ((kind, what), values) in enumerate(operations):
            with patched(values):
                if kind == "run":
                    new = {each: extracted(each, f"Text {variant}.", *said, "version 1") for each, (variant, said) in what.items()}
                    # Which of two copies of one text stays is a rule of identity and not of the store's files.
                    new = {each: found for each, found in new.items() if each not in present or present[each].document.text != found.document.text}
                    store(folder, f"r{number}", new.values(), parts=2, now=lambda: NOW)
                    present |= new
                elif kind == "refresh":
                    again = {each: present[each].document for each in what if each in present}
                    new = {
                        each: extracted(each, found.text, found.published_date and found.published_date.isoformat(), what[each][1][1], f"version {number + 2}")
                        for each, found in again.items()
                    }
                    store(folder, f"r{number}", new.values(), refresh=True, now=lambda: NOW)
                    present |= new
                elif kind == "forget":
                    gone = set(what) & set(present)
                    forget(files, f"r{number}", gone, ByDayAndPlace(), now=NOW)
                    present = {each: found for each, found in present.items() if each not in gone}
                else:
                    maintain(files, f"r{number}", now=NOW)
            check_layout(files, current(files))
            seen.append((current(files), read(files, current(files))))
        check_views(folder, sum(len(each.mentions) for each in present.values()))
        for manifest, said_then in seen:
            assert read(files, manifest) == said_then, "readers of a version before find what they found"
        store(once, "r1", present.values(), now=lambda: NOW)
        expected, found = contents(once), contents(folder)
        for table in expected.keys() - {"rejects"}:
            assert found[table] == expected[table], table
