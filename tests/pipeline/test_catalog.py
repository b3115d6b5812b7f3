from __future__ import annotations

import pathlib

import duckdb
import pytest

from pipeline import catalog
from pipeline.catalog import column_names, identifier, quote, views, write_catalog
from pipeline.database import open_store
from pipeline.describe import duckdb_type
from schemas.event_types import event_types
from schemas.tables import tables
from tests.pipeline.storage_contract import VIEWS
from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.storage.errors import NotAStoreError, StoreError


@pytest.fixture
def small(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "it's a [small] store"
    source = document("a", title='It\'s; "quoted"')
    store(folder, "r1", [extraction(source, mention(source, 1)), extraction(document("b", None))])
    return folder


@pytest.mark.parametrize("text", ["plain", "it's", "''", "a\\b", "naïve\n--", "'; DROP TABLE x; --"])
def test_a_string_is_quoted_so_that_it_reads_as_itself(text: str) -> None:
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT {quote(text)}").fetchone() == (text,)
        connection.execute(f"CREATE TABLE {identifier(text + chr(34))} (x INTEGER)")
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [(text + '"',)]


def test_all_views_of_the_contract_are_there_and_no_others() -> None:
    assert set(views()) == set(VIEWS)
    assert {record.VIEW for record in event_types().values()} <= set(views())


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_a_view_has_the_columns_of_the_contract_on_an_empty_store_too(tmp_path: pathlib.Path, view: str) -> None:
    store(tmp_path, "r1")
    with open_store(str(tmp_path)) as connection:
        assert [name for name, _ in column_names(connection, view)] == VIEWS[view].split()
        assert connection.execute(f"SELECT count(*) FROM {view}").fetchone() == (1 if view == "runs" else 0,)
        for name in VIEWS[view].split():
            meaning, _ = views()[view].describe(name)
            assert meaning
    assert views()[view].meaning.endswith(".")


def test_a_column_without_a_meaning_is_a_mistake_in_the_view() -> None:
    with pytest.raises(KeyError, match=r"schemas/views/events\.sql does not say what its column nonsense means"):
        views()["events"].describe("nonsense")


def test_types_are_those_of_the_contract(small: pathlib.Path) -> None:
    with open_store(str(small)) as connection:
        types = dict(column_names(connection, "events"))
        assert {types[name] for name in ("published",)} == {"TIMESTAMP WITH TIME ZONE"}
        assert types["published_date"] == types["event_date"] == "DATE"
        assert types["sentence_start"] == "INTEGER"
        assert types["confidence"] == "DOUBLE"
        assert types["actors"].startswith("STRUCT(") and types["actors"].endswith(")[]")
        for name, table in tables().items():
            stored = dict(connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE store.{name})").fetchall())
            assert {*table.schema.names, *({"published_month"} if name in event_types() else ())} == stored.keys()
            flat = {field.name: duckdb_type(field.type) for field in table.schema if "STRUCT" not in duckdb_type(field.type)}
            assert flat == {column: stored[column] for column in flat}


def test_the_catalog_answers_as_the_store_does(small: pathlib.Path) -> None:
    path = write_catalog(str(small))
    assert path == str(small.resolve() / "events.duckdb")
    with duckdb.connect(path, read_only=True) as connection, open_store(str(small)) as own:
        assert [row[0] for row in connection.execute("SHOW TABLES").fetchall()] == sorted(VIEWS)
        for view in VIEWS:
            query = f"SELECT * FROM {view} ORDER BY ALL"
            assert connection.execute(query).fetchall() == own.execute(query).fetchall()
        [(comment,)] = connection.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'strikes' AND column_name = 'killed_min'").fetchall()
        assert comment == "killed, attackers left out, at least [persons]"


def test_the_catalog_is_replaced_whole_while_someone_reads_it(small: pathlib.Path) -> None:
    write_catalog(str(small))
    with duckdb.connect(str(small / "events.duckdb"), read_only=True) as reader:
        source = document("c")
        store(small, "r2", [extraction(source, mention(source, 1))])
        write_catalog(str(small))
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (2,)
    with duckdb.connect(str(small / "events.duckdb"), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (3,)
    assert not [path.name for path in small.iterdir() if path.name.startswith(".")]
    assert not list((small / "staging").iterdir())


def test_the_catalog_can_stand_elsewhere(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    path = write_catalog(str(small), str(tmp_path / "other.duckdb"))
    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
    assert not (small / "events.duckdb").exists()


def test_no_catalog_without_a_store_or_in_a_bucket(tmp_path: pathlib.Path) -> None:
    with pytest.raises(NotAStoreError):
        write_catalog(str(tmp_path))
    from tests.transforms.storage.test_files import FakeBucketFileSystem

    assert FakeBucketFileSystem.scheme() == "fake"
    store(tmp_path / "store", "r1")
    with pytest.raises(StoreError, match="--to FILE"):
        write_catalog(f"fake:/{tmp_path}/store")


def test_a_catalog_of_a_name_that_hides_its_own_tables_is_refused(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    target = tmp_path / "store.duckdb"
    with pytest.raises(StoreError, match=r"another name, such as events\.duckdb"):
        write_catalog(str(small), str(target))
    assert not target.exists()


def test_a_signal_while_the_database_is_written_is_an_interrupt(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> str:
        raise RuntimeError("Query interrupted")  # as DuckDB says it

    monkeypatch.setattr(catalog, "write_catalog", interrupted)
    with pytest.raises(KeyboardInterrupt):
        catalog.refresh_catalog(str(tmp_path))
