from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
import pathlib
import tempfile
from collections.abc import Iterable, Iterator
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.event_types import event_types
from schemas.event_types.meeting import Meeting
from schemas.ledger import Run
from schemas.tables import tables
from tests.transforms.storage.synthetic import ByDayAndPlace, actor, contents, document, extraction, facts, mention, reject, store
from transforms.events.extraction import Extraction
from transforms.storage import partitions, shards
from transforms.storage.draft import Draft
from transforms.storage.errors import NotAStoreError, StoreBusyError, StoreDamagedError
from transforms.storage.files import LocalFiles, open_files
from transforms.storage.known import digest_of
from transforms.storage.manifest import EMPTY, commit, current, manifest_path
from transforms.storage.preparation import KnownBatch
from transforms.storage.publish import find_run, publish
from transforms.storage.staging import StagedWriter


def rows(folder: pathlib.Path, table: str) -> list[dict]:
    files = LocalFiles(str(folder))
    return Draft(files, "", current(files)).collect(table, tables()[table].schema.names).to_pylist()


def balance(run: Run) -> tuple[int, int, int, int, int, int]:
    assert run.read == run.added + run.replaced + run.unchanged + run.skipped + run.failed
    return run.read, run.added, run.replaced, run.unchanged, run.skipped, run.failed


def events(doc_id: str, published: str | None = "2025-03-10", *dates: str | None, **fields) -> Extraction:
    source = document(doc_id, published, **fields)
    return extraction(source, *(mention(source, number, date=date) for number, date in enumerate(dates)))


def test_a_first_run(tmp_path: pathlib.Path) -> None:
    run = store(
        tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09", "2025-02-01"), events("b", None, "2025-03-09")], [reject(), reject("failed", "cut short")]
    )
    assert balance(run) == (4, 2, 0, 0, 1, 1)
    assert run.event_count == 3
    assert rows(tmp_path, "runs") == [dataclasses.asdict(run) | {"inputs": []}]
    assert sorted((row["event_date"].isoformat(), row["mentions"], row["documents"], row["sources"]) for row in rows(tmp_path, "incidents")) == [
        ("2025-02-01", 1, 1, 1),
        ("2025-03-09", 2, 2, 1),
    ]
    first = next(row for row in rows(tmp_path, "incidents") if row["mentions"] == 2)
    assert (first["acting"], first["receiving"], first["month"]) == ("RUS", "UKR", datetime.date(2025, 3, 1))
    # The dated document's mention is the first one: nulls come last.
    named = {row["event_id"]: row for row in rows(tmp_path, "strike")}
    assert named[first["incident_id"]]["doc_id"] == "a"
    assert {row["event_id"]: row["incident_id"] for row in rows(tmp_path, "event_actors")} == {row["event_id"]: row["incident_id"] for row in named.values()}


def test_files_are_as_the_contract_says(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09"), events("b", None, None)])
    manifest = json.loads((tmp_path / manifest_path(1)).read_text())
    assert (manifest["contract"], manifest["version"], manifest["run_id"]) == (1, 1, "r1")
    listed = {each["path"] for each in manifest["files"]}
    on_disk = {str(path.relative_to(tmp_path)) for path in tmp_path.glob("tables/**/*.parquet")}
    assert {path for path in on_disk if "schema-" not in path} == listed
    assert {path.split("/")[1] for path in on_disk if "schema-" in path} == set(tables())
    # Few rows, although of two months: one file a table.
    assert {path.split("/")[1] for path in listed if path.count("/") == 2} == {path.split("/")[1] for path in listed}
    import hashlib

    for each in manifest["files"]:
        data = (tmp_path / each["path"]).read_bytes()
        assert (each["bytes"], each["checksum"]) == (len(data), "blake2b:" + hashlib.blake2b(data, digest_size=16).hexdigest())
        parquet = pq.ParquetFile(tmp_path / each["path"])
        assert parquet.metadata.num_rows == each["rows"]
        assert parquet.schema_arrow.equals(tables()[each["table"]].schema)
        assert parquet.metadata.row_group(0).column(0).compression == "ZSTD"
    assert not list((tmp_path / "staging").iterdir())


def test_a_second_run_adds_replaces_and_leaves(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09"), events("b", "2025-04-10", "2025-03-09", "2025-04-01")])
    run = store(tmp_path, "r2", [events("a", "2025-03-10", "2025-03-09"), events("b", "2025-05-01", "2025-03-09", text="another"), events("c", "2025-05-02")])
    assert balance(run) == (3, 1, 1, 1, 0, 0)
    assert {row["doc_id"]: row["run_id"] for row in rows(tmp_path, "documents")} == {"a": "r1", "b": "r2", "c": "r2"}
    assert sorted((row["doc_id"], row["run_id"]) for row in rows(tmp_path, "strike")) == [("a", "r1"), ("b", "r2")]
    assert [row["mentions"] for row in rows(tmp_path, "incidents")] == [2]
    assert len(rows(tmp_path, "event_actors")) == 4
    assert contents(tmp_path)["incident_actors"] == sorted(contents(tmp_path)["incident_actors"])


def test_a_mention_that_comes_again_with_another_day_of_publication_is_found_there(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 0)
    store(tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09")])
    # The same words at the same place of the text are the same event_id.
    store(tmp_path, "r2", [events("a", "2025-05-01", "2025-03-09", text="Updated.")])
    assert [row["published_date"] for row in rows(tmp_path, "incident_members")] == [datetime.date(2025, 5, 1)]
    store(tmp_path, "r3", [events("b", "2025-05-02", "2025-03-09")])
    assert [row["mentions"] for row in rows(tmp_path, "incidents")] == [2]


def test_known_documents_and_older_texts_are_unchanged(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [events("a", "2025-03-10")])
    known = [KnownBatch(1, digest_of("a")), KnownBatch(2, digest_of("x") + digest_of("y"))]
    run = store(tmp_path, "r2", [events("a", "2025-03-01", text="an older text")], known=known)
    assert balance(run) == (4, 0, 0, 4, 0, 0)
    assert rows(tmp_path, "rejects") == []
    assert [row["text"] for row in rows(tmp_path, "documents")] == ["The text of a."]


def test_conflicts_and_duplicates_are_rejected(tmp_path: pathlib.Path) -> None:
    one, other = "https://news.example/1", "https://news.example/2"
    run = store(
        tmp_path,
        "r1",
        [
            events("a", "2025-03-10", "2025-03-09", uri=one),
            events("a", "2025-03-10", "2025-03-09", uri=one),
            events("a", "2025-03-11", "2025-03-09", uri=other, text="other"),
        ],
        parts=3,
    )
    assert balance(run) == (3, 1, 0, 0, 1, 1)
    assert sorted((row["error"], row["kind"], row["uri"]) for row in rows(tmp_path, "rejects")) == [
        ("duplicate", "skipped", one),
        ("id_conflict", "failed", other),
    ]
    assert len(rows(tmp_path, "strike")) == 1


def test_a_document_that_is_given_twice_makes_the_same_rejects_in_one_run_and_in_two(tmp_path: pathlib.Path) -> None:
    one, other = events("a", "2025-03-10", "2025-03-09", title="First"), events("a", "2025-03-10", "2025-03-09", title="Second")
    store(tmp_path / "together", "r1", [one, other, one])
    for name, order in (("forth", [one, other, one]), ("back", [other, one, one])):
        for number, each in enumerate(order):
            run = store(tmp_path / name, f"r{number}", [each])
            assert run.skipped == 0
        assert contents(tmp_path / name) == contents(tmp_path / "together")
    [first, second] = sorted(rows(tmp_path / "together", "rejects"), key=lambda row: row["payload"])
    assert {(row["stage"], row["kind"], row["error"]) for row in (first, second)} == {("identify", "skipped", "duplicate")}
    assert [json.loads(row["payload"])["title"] for row in (first, second)] == ["First", "Second"]


def test_the_same_rejects_again_are_written_once_with_the_later_run(tmp_path: pathlib.Path) -> None:
    conflict = events("a", "2025-03-11", uri="https://other.example/", text="other")
    left_out = [reject(), reject("failed", "cut short")]
    store(tmp_path / "once", "r1", [events("a", "2025-03-10", uri="https://news.example/"), conflict], left_out)
    for run_id in ("r1", "r2"):
        run = store(tmp_path / "twice", run_id, [events("a", "2025-03-10", uri="https://news.example/"), conflict] if run_id == "r1" else [conflict], left_out)
        assert (run.skipped, run.failed) == (1, 2)
    assert contents(tmp_path / "twice") == contents(tmp_path / "once")
    assert {row["run_id"] for row in rows(tmp_path / "twice", "rejects")} == {"r2"}


def test_refresh_replaces_what_another_version_extracted(tmp_path: pathlib.Path) -> None:
    source = document("a")
    store(tmp_path, "r1", [extraction(source, mention(source, 1), version="version 0")])
    again = [extraction(source, mention(source, 1), mention(source, 2, Meeting, actors=(actor("participant", "FRA"),)))]
    assert store(tmp_path, "r2", again).unchanged == 1
    assert store(tmp_path, "r3", again, refresh=True).replaced == 1
    assert [row["version"] for row in rows(tmp_path, "documents")] == ["version 1"]
    assert (len(rows(tmp_path, "strike")), len(rows(tmp_path, "meeting"))) == (1, 1)


def test_the_later_of_equal_texts_is_a_duplicate_and_adds_no_source(tmp_path: pathlib.Path) -> None:
    def told(doc_id: str, published: str, source: str) -> Extraction:
        return events(doc_id, published, "2025-03-09", text="The same words.", source=source)

    store(tmp_path, "r1", [told("b", "2025-03-10", "Herald"), told("c", "2025-03-11", "Courier")])
    assert rows(tmp_path, "duplicates") == [{"doc_id": "c", "duplicate_of": "b"}]
    assert [(row["mentions"], row["sources"]) for row in rows(tmp_path, "incidents")] == [(2, 1)]
    # An earlier one comes later: it becomes the original, and the mentions of the others are counted anew.
    store(tmp_path, "r2", [told("a", "2025-03-09", "Gazette")])
    assert rows(tmp_path, "duplicates") == [{"doc_id": "b", "duplicate_of": "a"}, {"doc_id": "c", "duplicate_of": "a"}]
    assert sorted((row["doc_id"], row["source"]) for row in rows(tmp_path, "incident_members")) == [("a", "Gazette"), ("b", None), ("c", None)]
    # The original leaves: the next one takes its place.
    store(tmp_path, "r3", [events("a", "2025-03-12", text="Other words.", source="Gazette")])
    assert rows(tmp_path, "duplicates") == [{"doc_id": "c", "duplicate_of": "b"}]


def test_without_a_publisher_the_host_of_the_link_counts_then_the_document(tmp_path: pathlib.Path) -> None:
    fields = [{"source": "Herald"}, {"uri": "https://news.example/1"}, {"uri": "https://NEWS.example/2"}, {"uri": "/in/a.txt"}, {}]
    store(tmp_path, "r1", [events(f"d{number}", "2025-03-10", "2025-03-09", **({"source": None} | each)) for number, each in enumerate(fields)])
    assert sorted(row["source"] for row in rows(tmp_path, "incident_members")) == ["Herald", "d3", "d4", "news.example", "news.example"]
    assert [row["sources"] for row in rows(tmp_path, "incidents")] == [4]


def test_a_run_that_has_committed_is_done(tmp_path: pathlib.Path) -> None:
    first = store(tmp_path, "r1", [events("a")])
    assert store(tmp_path, "r1", [events("b")]) == first
    assert [row["doc_id"] for row in rows(tmp_path, "documents")] == ["a"]
    assert find_run(LocalFiles(str(tmp_path)), "r1") == first
    assert find_run(LocalFiles(str(tmp_path)), "r9") is None
    assert find_run(LocalFiles(str(tmp_path / "none")), "r1") is None


def test_the_reference_actors_are_written_where_the_version_is_another(tmp_path: pathlib.Path) -> None:
    def told(run_id: str, version: str) -> list[str]:
        table = pa.Table.from_pylist([{"actor_id": f"of {run_id}", "name": "Q", "kind": "person", "offices": []}], schema=tables()["actors"].schema)
        store(tmp_path, run_id, actors=lambda: table, version=version, now=lambda: next(clock))
        return [row["actor_id"] for row in rows(tmp_path, "actors")]

    clock = (datetime.datetime(2025, 3, 20, hour, tzinfo=datetime.UTC) for hour in range(24))
    assert [told("r1", "version 1"), told("r2", "version 1"), told("r3", "version 2"), told("r4", "version 1")] == [["of r1"], ["of r1"], ["of r3"], ["of r4"]]


def test_an_empty_run_is_a_run(tmp_path: pathlib.Path) -> None:
    assert balance(store(tmp_path, "r1")) == (0, 0, 0, 0, 0, 0)
    assert len(rows(tmp_path, "runs")) == 1


def _staged(folder: pathlib.Path, *extractions: Extraction):
    files = LocalFiles(str(folder))
    writer = StagedWriter(files, "r2")
    for each in extractions:
        writer.add(each)
    return files, writer.flush()


def test_nothing_is_published_when_something_staged_is_missing_or_short(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09")])
    before = contents(tmp_path)
    files, staged = _staged(tmp_path, events("b", "2025-03-10", "2025-03-09"))
    short = [dataclasses.replace(each, rows=each.rows + 1) for each in staged]
    with pytest.raises(StoreDamagedError, match="were staged"):
        publish(files, facts("r2"), short, [], ByDayAndPlace())
    with pytest.raises(StoreDamagedError, match="5 records were read and 1 are accounted for"):
        publish(files, facts("r2"), staged, [], ByDayAndPlace(), read=5)
    (tmp_path / staged[0].path).unlink()
    with pytest.raises(StoreDamagedError, match="missing or broken"):
        publish(files, facts("r2"), staged, [], ByDayAndPlace())
    assert contents(tmp_path) == before
    assert current(files).version == 1


def test_a_run_killed_at_any_step_of_publishing_leaves_the_store_as_before_and_runs_again(tmp_path: pathlib.Path, monkeypatch) -> None:
    class Killed(BaseException):
        pass

    store(tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09"), events("b", "2025-04-10", "2025-03-09")])
    before = contents(tmp_path)
    new = [events("b", "2025-05-10", "2025-03-09", text="other"), events("c", "2025-03-10", "2025-03-09")]
    store(tmp_path / "whole", "r1", [events("a", "2025-03-10", "2025-03-09"), events("b", "2025-04-10", "2025-03-09")])
    store(tmp_path / "whole", "r2", new)
    calls = itertools.count()
    for kill_at in itertools.count():
        files, staged = _staged(tmp_path, *new)
        real = LocalFiles.move
        calls = itertools.count()

        def move(self, source, target, real=real, calls=calls, kill_at=kill_at):
            if next(calls) == kill_at:
                raise Killed
            real(self, source, target)

        with monkeypatch.context() as patch:
            patch.setattr(LocalFiles, "move", move)
            try:
                publish(files, facts("r2"), staged, [], ByDayAndPlace())
            except Killed:
                assert contents(tmp_path) == before
                continue
        break
    assert kill_at > 5
    # The comparison store lies inside, so only tables are compared.
    assert contents(tmp_path) == contents(tmp_path / "whole")


def test_of_two_runs_that_commit_at_once_one_is_told(tmp_path: pathlib.Path, monkeypatch) -> None:
    files, staged = _staged(tmp_path, events("a"))
    import transforms.storage.publish as module

    real = module.commit

    def overtaken(files, manifest):
        assert real(files, EMPTY.next(run_id="other", created=manifest.created, clusterer="x", files=[]))
        return real(files, manifest)

    monkeypatch.setattr(module, "commit", overtaken)
    with pytest.raises(StoreBusyError, match="run the same command again"):
        publish(files, facts("r2"), staged, [], ByDayAndPlace())
    assert current(files).run_id == "other"


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: pathlib.Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear …")
    with pytest.raises(NotAStoreError):
        publish(LocalFiles(str(tmp_path)), facts("r1"), [], [], ByDayAndPlace())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_other_rules_cluster_the_whole_store_again(tmp_path: pathlib.Path) -> None:
    class Alone(ByDayAndPlace):
        version = "each alone"

        def _key(self, row):
            return row["event_id"]

    store(tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09"), events("b", "2025-03-10", "2025-03-09")])
    assert [row["mentions"] for row in rows(tmp_path, "incidents")] == [2]
    publish(LocalFiles(str(tmp_path)), facts("r2"), [], [], Alone())
    assert [row["mentions"] for row in rows(tmp_path, "incidents")] == [1, 1]
    assert all(row["incident_id"] == row["event_id"] for table in ("strike", "event_actors") for row in rows(tmp_path, table))


@pytest.mark.parametrize("broken", ["missing", "foreign"])
def test_a_clusterer_that_loses_mentions_is_caught(tmp_path: pathlib.Path, broken: str) -> None:
    class Broken(ByDayAndPlace):
        def assign(self, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
            for rows in super().assign(parts):
                yield rows.slice(1) if broken == "missing" else rows

        def summarise(self, mentions: pa.Table, members: pa.Table) -> pa.Table:
            return super().summarise(mentions, members).slice(1)

    files, staged = _staged(tmp_path, events("a", "2025-03-10", "2025-03-09"))
    with pytest.raises(ValueError, match="has not given each"):
        publish(files, facts("r2"), staged, [], Broken())
    with pytest.raises(NotAStoreError):
        current(files)


def test_old_versions_leave_after_a_day_and_readers_keep_theirs(tmp_path: pathlib.Path) -> None:
    start = datetime.datetime(2025, 4, 1, tzinfo=datetime.UTC)

    def run(number: int, hours: float) -> None:
        store(tmp_path, f"r{number}", [events("a", "2025-03-10", "2025-03-09", text=f"text {number}")], now=lambda: start + datetime.timedelta(hours=hours))

    def kept() -> list[str]:
        for path in (tmp_path / "manifest").iterdir():
            for each in json.loads(path.read_text())["files"]:
                assert (tmp_path / each["path"]).exists()
        return sorted(path.stem.lstrip("0") for path in (tmp_path / "manifest").iterdir())

    run(1, 0)
    run(2, 1)
    assert kept() == ["1", "2"]
    # Version 2 is old, but it was the newest until now: who opened it an hour ago still reads it. Version 1 was last seen 39 hours ago.
    run(3, 40)
    assert kept() == ["2", "3"]
    run(4, 41)
    assert kept() == ["2", "3", "4"]
    run(5, 66)
    assert kept() == ["4", "5"]


def test_small_files_are_merged(tmp_path: pathlib.Path) -> None:
    for number in range(6):
        store(tmp_path, f"r{number}", [events(f"d{number}", "2025-03-10", "2025-03-09")])
    manifest = current(LocalFiles(str(tmp_path)))
    assert {name: len(manifest.of(name)) for name in ("documents", "strike", "event_actors", "incidents", "runs")} == dict.fromkeys(
        ("documents", "strike", "event_actors", "incidents", "runs"), 1
    )
    assert len(rows(tmp_path, "documents")) == 6


def test_an_older_file_without_a_column_is_read_and_rewritten(tmp_path: pathlib.Path) -> None:
    store(tmp_path, "r1", [events("a", "2025-03-10", "2025-03-09")])
    files = LocalFiles(str(tmp_path))
    manifest = current(files)
    entries = []
    for each in manifest.files:
        if each.table == "documents":
            pq.write_table(pq.read_table(tmp_path / each.path, partitioning=None).drop_columns(["title", "published_basis"]), tmp_path / each.path)
            each = dataclasses.replace(each, schema="older")
        entries.append(each)
    assert commit(files, manifest.next(run_id="old", created=manifest.created, clusterer=manifest.clusterer, files=entries))
    store(tmp_path, "r2", [events("b", "2025-03-10", "2025-03-09", title="New")])
    assert [(row["doc_id"], row["title"]) for row in rows(tmp_path, "documents")] == [("a", None), ("b", "New")]


def test_a_store_on_a_beam_file_system(tmp_path: pathlib.Path) -> None:
    from tests.transforms.storage.test_files import FakeBucketFileSystem

    assert FakeBucketFileSystem.scheme() == "fake"
    files = open_files(f"fake:/{tmp_path}/bucket")
    for run_id, documents in (("r1", [events("a", "2025-03-10", "2025-03-09")]), ("r2", [events("b", "2025-03-10", "2025-03-09")])):
        writer = StagedWriter(files, run_id)
        for each in documents:
            writer.add(each)
        assert publish(files, facts(run_id), writer.flush(), [], ByDayAndPlace()).added == 1
    store(tmp_path / "local", "r1", [events("a", "2025-03-10", "2025-03-09"), events("b", "2025-03-10", "2025-03-09")])
    assert contents(tmp_path / "bucket") == contents(tmp_path / "local")


# Small worlds in which documents repeat, change, share texts and share incidents.
worlds = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from([None, "2025-02-27", "2025-03-01", "2025-03-02"]),
        st.sampled_from(["text one", "text two"]),
        st.lists(st.tuples(st.sampled_from([None, "2025-02-28", "2025-03-01"]), st.sampled_from(["occurred", "ongoing"]), st.booleans()), max_size=3),
        st.sampled_from(["Courier", "Herald", None]),
    ),
    max_size=8,
    unique_by=lambda each: each[0],
)


def told(world) -> list[Extraction]:
    found = []
    for doc_id, published, text, mentions, publisher in world:
        source = document(doc_id, published, text, source=publisher)
        found.append(
            extraction(
                source,
                *(
                    mention(
                        source, number, list(event_types().values())[number % len(event_types())], date, status=status, **({} if placed else {"locations": ()})
                    )
                    for number, (date, status, placed) in enumerate(mentions)
                ),
            )
        )
    return found


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds, st.randoms(use_true_random=False), st.integers(0, 8), st.integers(1, 3), st.sampled_from([0, 1000, 3000, 1 << 20]), st.sampled_from([3, 99]))
def test_the_store_is_a_function_of_the_documents(world, random, cut, parts, together, shard) -> None:
    extractions = told(world)
    with tempfile.TemporaryDirectory() as name, mock.patch.object(partitions, "_TOGETHER_BYTES", together), mock.patch.object(shards, "_MENTIONS", shard):
        folder = pathlib.Path(name)
        store(folder / "one", "r1", extractions)
        shuffled = list(extractions)
        random.shuffle(shuffled)
        store(folder / "two", "r1", shuffled[:cut], parts=parts)
        store(folder / "two", "r2", shuffled[cut:], parts=parts)
        store(folder / "back", "r1", shuffled[cut:])
        store(folder / "back", "r2", shuffled[:cut])
        # Texts that are replaced by what they were at first leave no trace.
        store(folder / "back", "r3", [extraction(document(each.document.doc_id, text="passing", source=each.document.source)) for each in extractions[:3]])
        store(folder / "back", "r4", extractions[:3])
        expected = contents(folder / "one")
        assert contents(folder / "two") == expected
        assert contents(folder / "back") == expected
