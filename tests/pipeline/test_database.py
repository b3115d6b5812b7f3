from __future__ import annotations

import hashlib
import json
import pathlib
import shutil
import sys

import duckdb
import pytest

from pipeline.database import QueryNotAllowedError, checked, open_store, select
from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.storage.errors import NewerStoreError, NotAStoreError, StoreDamagedError, StorePathError


@pytest.fixture
def small(tmp_path: pathlib.Path) -> pathlib.Path:
    source = document("a")
    store(tmp_path / "store", "r1", [extraction(source, mention(source, 1))])
    return tmp_path / "store"


def checksums(folder: pathlib.Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


ALLOWED = [
    "SELECT 1",
    "select count(*) from events",
    "FROM strikes",
    "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
    "VALUES (1), (2)",
    "TABLE runs",
    "DESCRIBE events",
    "SHOW TABLES",
    "SUMMARIZE runs",
    "SELECT 1;",
    "EXPLAIN SELECT 1",
    "explain analyze select 1",
    "-- a note\n/* another */ EXPLAIN (FORMAT json) SELECT 1",
]
REFUSED = [
    "COPY events TO 'out.csv'",
    "EXPLAIN COPY events TO 'out.csv'",
    "EXPLAIN ANALYZE COPY events TO 'out.csv'",
    "/* SELECT */ EXPLAIN ANALYZE COPY (SELECT 1) TO 'out.csv'",
    "EXPLAIN (ANALYZE) COPY (SELECT 1) TO 'out.csv'",
    "EXPORT DATABASE 'out'",
    "ATTACH 'other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 1",
    "PRAGMA version",
    "CALL pragma_version()",
    "CREATE TABLE t (x INTEGER)",
    "DROP VIEW events",
    "INSERT INTO runs VALUES (1)",
    "DELETE FROM runs",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP VIEW events",
    "CHECKPOINT",
    "BEGIN",
    "",
    "-- nothing",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_queries_are_run(small: pathlib.Path, query: str) -> None:
    with open_store(str(small)) as connection:
        result = select(connection, query)
        assert result is not None
        assert result.fetchall()


@pytest.mark.parametrize("query", REFUSED)
def test_all_else_is_refused_and_changes_nothing(small: pathlib.Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    before = checksums(small)
    with open_store(str(small)) as connection, pytest.raises(QueryNotAllowedError):
        select(connection, query)
    assert checksums(small) == before


def test_messages_say_what_is_allowed() -> None:
    with pytest.raises(QueryNotAllowedError, match="only SELECT and EXPLAIN SELECT are run, and this is COPY"):
        checked("COPY events TO 'x'")
    with pytest.raises(QueryNotAllowedError, match="one query at a time, and this is 2"):
        checked("SELECT 1; SELECT 2")
    with pytest.raises(duckdb.ParserException):
        checked("SELEC 1")


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{file}' (FORMAT parquet)",
        "COPY (SELECT 1) TO '{store}/new.csv'",
        "ATTACH '{store}/new.duckdb'",
        "EXPORT DATABASE '{store}/out'",
        "SELECT * FROM read_csv('{other}')",
        "SELECT * FROM read_text('{other}')",
        "SELECT * FROM '{other}'",
        "SELECT * FROM glob('{store}/**')",
        "SET enable_external_access = true",
        "SET allowed_paths = []",
        "INSTALL httpfs",
    ],
)
def test_the_connection_itself_reads_and_writes_nothing_else(small: pathlib.Path, tmp_path: pathlib.Path, query: str) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    file = next(small.glob("tables/strike/part-*.parquet"))
    before = checksums(tmp_path)
    with open_store(str(small)) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute(query.format(file=file, store=small, other=other)).fetchall()
        assert connection.execute("SELECT count(*) FROM strikes").fetchone() == (1,)
    assert checksums(tmp_path) == before


def test_a_copied_store_answers_from_itself(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    shutil.copytree(small, tmp_path / "copy")
    source = document("a", "2025-06-01", text="changed")
    store(small, "r2", [extraction(source)])
    shutil.rmtree(small)
    with open_store(str(tmp_path / "copy")) as connection:
        assert connection.execute("SELECT doc_id, text FROM documents").fetchall() == [("a", "The text of a.")]
        assert connection.execute("SELECT count(*) FROM strikes").fetchone() == (1,)


def test_an_open_connection_keeps_its_version(small: pathlib.Path) -> None:
    with open_store(str(small)) as connection:
        for number in range(3):
            source = document("a", text=f"text {number}")
            store(small, f"x{number}", [extraction(source, mention(source, 1), mention(source, 2))])
            assert connection.execute("SELECT text FROM documents").fetchall() == [("The text of a.",)]
            assert connection.execute("SELECT count(*) FROM strikes").fetchone() == (1,)
    with open_store(str(small)) as connection:
        assert connection.execute("SELECT text FROM documents").fetchall() == [("text 2",)]


def test_a_store_of_an_older_version_is_asked_without_writing_into_it(small: pathlib.Path) -> None:
    for path in small.glob("tables/*/schema-*.parquet"):
        path.unlink()
    before = checksums(small)
    with open_store(str(small)) as connection:
        assert connection.execute("SELECT count(*) FROM strikes").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM meetings").fetchone() == (0,)
    assert checksums(small) == before


def test_large_sorts_may_spill(small: pathlib.Path) -> None:
    with open_store(str(small)) as connection:
        spill = connection.execute("SELECT current_setting('temp_directory')").fetchone()
        assert spill is not None
        assert "dateline-" in spill[0]


def test_what_is_wrong_with_a_store_is_said_in_one_line(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pytest.raises(StorePathError), open_store("what*"):
        pass
    for path in (tmp_path / "none", next(small.glob("tables/strike/part-*.parquet"))):
        with pytest.raises(NotAStoreError) as raised, open_store(str(path)):
            pass
        assert "\n" not in str(raised.value)
    next(small.glob("tables/strike/part-*.parquet")).unlink()
    with pytest.raises(StoreDamagedError, match="is missing; `dateline verify --store ") as damaged, open_store(str(small)):
        pass
    assert "\n" not in str(damaged.value)
    manifest = small / "manifest" / "00000001.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"contract": 7}))
    with pytest.raises(NewerStoreError, match="install a newer dateline"), open_store(str(small)):
        pass


def test_no_progress_is_drawn_where_no_one_looks(small: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for watched in (True, False):
        monkeypatch.setattr(sys.stderr, "isatty", lambda watched=watched: watched)
        with open_store(str(small)) as connection:
            assert connection.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(watched,)]
