from __future__ import annotations

import csv
import decimal
import pathlib

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.export import FORMATS, export, spreadsheet_safe
from pipeline.export_folder import MANIFEST
from pipeline.export_schema import described_tables, schema_yml, star_schema
from schemas.event_types.aid_decision import AidDecision
from schemas.event_types.meeting import Meeting
from tests.transforms.storage.synthetic import actor, document, extraction, mention, store
from transforms.storage.errors import NotAStoreError


@pytest.fixture
def small(tmp_path: pathlib.Path) -> pathlib.Path:
    a, b = document("a", title="=HYPERLINK(1)"), document("b", "2025-03-14", title="-dashed")
    parties = (actor("participant", "FRA", "a-minister"), actor("participant", None, name=None), actor("host", "FRA", "a-minister"))
    store(
        tmp_path / "store",
        "r1",
        [
            extraction(a, mention(a, 1), mention(a, 2, Meeting, "1999-12-31", actors=parties, locations=())),
            extraction(b, mention(b, 1), mention(b, 2, AidDecision, None, date_basis="before", amount=5.0, currency="EUR")),
        ],
    )
    return tmp_path / "store"


def names(folder: pathlib.Path) -> list[str]:
    """What stands in the folder of an export, but for the list of it."""
    return sorted(path.name for path in folder.iterdir() if path.name != MANIFEST)


def load(folder: pathlib.Path, form: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in star_schema():
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM '{folder / name}.{form}'")
    return connection


@pytest.mark.parametrize("form", FORMATS)
def test_the_star_joins_and_counts_as_the_store_does(small: pathlib.Path, tmp_path: pathlib.Path, form: str) -> None:
    counts = export(str(small), str(tmp_path / "out"), (form,)).rows
    assert counts == {"fact_mention": 4, "fact_incident": 3, "bridge_event_actor": 9, "dim_actor": 3, "dim_place": 1, "dim_date": 7, "dim_document": 2}
    assert names(tmp_path / "out") == sorted(["schema.yml", *(f"{name}.{form}" for name in star_schema())])
    with load(tmp_path / "out", form) as star:
        types = star.execute("SELECT data_type FROM duckdb_columns() WHERE NOT internal").fetchall()
        assert not [kind for (kind,) in types if kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))]
        for table in star_schema().values():
            key = ", ".join(table.key)
            assert star.execute(f"SELECT count(*) - count(DISTINCT ({key})) FROM {table.name}").fetchone() == (0,)
            assert star.execute(f"SELECT count(*) FROM {table.name} WHERE {' OR '.join(f'{each} IS NULL' for each in table.key)}").fetchone() == (0,)
            for column, (other, there) in table.references.items():
                lost = f"SELECT count(*) FROM {table.name} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {there} FROM {other})"
                assert star.execute(lost).fetchone() == (0,), f"{table.name}.{column}"
        assert star.execute(
            "SELECT event_type, stage, currency, amount, place_id IS NULL FROM fact_mention WHERE event_type <> 'strike' ORDER BY 1"
        ).fetchall() == [
            ("aid_decision", "promised", "EUR", 5.0, False),
            ("meeting", None, None, None, True),
        ]
        assert star.execute("SELECT iso_year, iso_week, iso_weekday, quarter FROM dim_date WHERE date = '1999-12-31'").fetchone() == (1999, 52, 5, 4)
        assert star.execute("SELECT kind, event_count FROM dim_actor WHERE actor_id = 'a-minister'").fetchone() == ("person", 1)


def test_types_are_those_that_bi_tools_read(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    export(str(small), str(tmp_path))
    for table in described_tables():
        assert not [each.name for each in table.columns if "WITH TIME ZONE" in each.type or "[" in each.type or each.type.startswith(("STRUCT", "HUGEINT"))]
    mentions = pq.read_schema(tmp_path / "fact_mention.parquet")
    assert mentions.field("amount").type == pa.decimal128(18, 2)
    assert mentions.field("event_date").type == pa.date32()
    assert mentions.field("published").type == pa.timestamp("ms")
    export(str(small), str(tmp_path), ("csv",))
    with (tmp_path / "dim_document.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["published"] for row in csv.DictReader(file)) == ["2025-03-10 00:00:00", "2025-03-14 00:00:00"]


def test_an_amount_beyond_a_decimal_does_not_break_the_export(tmp_path: pathlib.Path) -> None:
    a = document("a")
    store(
        tmp_path / "store",
        "r1",
        [extraction(a, mention(a, 1, AidDecision, amount=1e30, currency="EUR"), mention(a, 2, AidDecision, amount=0.5, currency="EUR"))],
    )
    export(str(tmp_path / "store"), str(tmp_path / "out"))
    found = pq.read_table(tmp_path / "out" / "fact_mention.parquet")["amount"].to_pylist()
    assert sorted(found, key=str) == [decimal.Decimal("0.50"), None]


def test_facts_can_be_partitioned_as_hive_names_it(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    counts = export(str(small), str(tmp_path / "out"), partitioned=True).rows
    assert counts["fact_mention"] == 4
    assert (tmp_path / "out" / "fact_mention" / "year=2025" / "month=3").is_dir()
    assert not (tmp_path / "out" / "fact_mention.parquet").exists()
    with duckdb.connect() as connection:
        folder = f"read_parquet('{tmp_path}/out/fact_mention/**/*.parquet', hive_partitioning = true)"
        assert connection.execute(f"SELECT count(*), min(year), max(month) FROM {folder}").fetchone() == (4, 2025, 3)
    export(str(small), str(tmp_path / "out"))
    assert names(tmp_path / "out") == sorted(["schema.yml", *(f"{name}.parquet" for name in star_schema())])
    with pytest.raises(ValueError, match="parquet files are"):
        export(str(small), str(tmp_path / "out"), ("csv",), partitioned=True)


@pytest.mark.parametrize("partitioned", [False, True])
def test_schema_yml_describes_every_column_and_points_to_the_files(small: pathlib.Path, tmp_path: pathlib.Path, partitioned: bool) -> None:
    export(str(small), str(tmp_path), partitioned=partitioned)
    (source,) = yaml.safe_load((tmp_path / "schema.yml").read_text("utf-8"))["sources"]
    assert [each["name"] for each in source["tables"]] == list(star_schema())
    with duckdb.connect() as connection:
        connection.execute(f"SET file_search_path = '{tmp_path}'")
        for each in source["tables"]:
            location = each["meta"]["external_location"]
            described = connection.execute(f"DESCRIBE FROM {location if '(' in location else repr(location)}").fetchall()
            there = [row[0] for row in described if not (partitioned and each["name"] in location and row[0] in ("year", "month") and "**" in location)]
            assert [column["name"] for column in each["columns"]] == there
            assert all(column["description"] for column in each["columns"])
    assert "primary_key: [event_id, position]" in schema_yml("csv")


def test_csv_cells_that_a_spreadsheet_would_run_are_escaped_and_parquet_is_not(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    def titles(folder: str) -> list[str]:
        with (tmp_path / folder / "dim_document.csv").open(encoding="utf-8", newline="") as file:
            return sorted(row["title"] for row in csv.DictReader(file))

    export(str(small), str(tmp_path / "safe"), ("csv",))
    assert titles("safe") == ["'-dashed", "'=HYPERLINK(1)"]
    export(str(small), str(tmp_path / "raw"), ("csv",), raw=True)
    assert titles("raw") == ["-dashed", "=HYPERLINK(1)"]
    export(str(small), str(tmp_path / "parquet"))
    assert sorted(pq.read_table(tmp_path / "parquet" / "dim_document.parquet")["title"].to_pylist()) == ["-dashed", "=HYPERLINK(1)"]


@given(st.lists(st.one_of(st.none(), st.text(max_size=5), st.sampled_from(["=1", "+1", "-1", "@x", "\tx", "\rx"]))))
def test_no_cell_begins_like_a_formula_and_others_are_as_they_were(cells: list[str | None]) -> None:
    table = pa.table({"text": pa.array(cells, pa.string()), "number": pa.array(range(len(cells)), pa.int32())})
    safe = spreadsheet_safe(table)
    assert safe["number"].equals(table["number"])
    for before, after in zip(cells, safe["text"].to_pylist(), strict=True):
        assert after == (f"'{before}" if before and before[0] in "=+-@\t\r" else before)


def test_a_second_export_replaces_the_first_and_an_empty_store_has_headers(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    export(str(small), str(tmp_path / "out"), ("csv",))
    store(tmp_path / "empty", "r1")
    assert set(export(str(tmp_path / "empty"), str(tmp_path / "out"), ("csv",)).rows.values()) == {0}
    assert (tmp_path / "out" / "dim_place.csv").read_text().strip() == '"place_id","name","country","latitude","longitude"'


def test_another_export_leaves_nothing_of_the_one_before(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    out = tmp_path / "out"
    both = export(str(small), str(out), ("csv", "parquet"))
    assert both.removed == ()
    assert len(names(out)) == 1 + 2 * len(star_schema())
    assert 'external_location: "fact_mention.parquet"' in (out / "schema.yml").read_text("utf-8")
    assert export(str(small), str(out)).removed == tuple(sorted(f"{name}.csv" for name in star_schema()))
    assert export(str(small), str(out), partitioned=True).removed == ("bridge_event_actor.parquet", "fact_incident.parquet", "fact_mention.parquet")
    store(tmp_path / "empty", "r1")
    assert "fact_mention/year=2025/month=3/part-0.parquet" in export(str(tmp_path / "empty"), str(out), partitioned=True).removed
    assert list(out.glob("fact_*/year=*")) == []
    export(str(small), str(out), ("csv",))
    assert names(out) == sorted(["schema.yml", *(f"{name}.csv" for name in star_schema())])


def test_what_no_export_wrote_is_left_alone(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    out = tmp_path / "out"
    export(str(small), str(out), partitioned=True)
    kept = {out / "notes.txt": "mine", out / "fact_mention" / "year=2025" / "mine.txt": "mine too", out / "fact_incident.csv": "another table"}
    for file, text in kept.items():
        file.write_text(text)
    with pytest.raises(UsageError, match=r"fact_mention/year=2025/mine\.txt is in the way, and no export wrote it"):
        export(str(small), str(out), partitioned=True)
    with pytest.raises(UsageError, match=r"fact_incident\.csv is in the way"):
        export(str(small), str(out), ("csv",))
    assert sum(pq.read_metadata(file).num_rows for file in (out / "fact_mention").rglob("*.parquet")) == 4
    export(str(small), str(out))
    assert {file: file.read_text() for file in kept} == kept
    assert list((out / "fact_mention").rglob("*.parquet")) == []


@pytest.mark.parametrize("content", ["{", "[]", '{"files": ["../store/events.duckdb"]}', '{"files": ["/etc/hostname"]}'])
def test_a_list_that_no_export_wrote_deletes_nothing(content: str, small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_text(content)
    with pytest.raises(UsageError, match="choose a new folder"):
        export(str(small), str(tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == [MANIFEST]


def test_an_export_that_fails_leaves_the_one_before(small: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError("no space left on device")

    out = tmp_path / "out"
    export(str(small), str(out), ("csv",))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    monkeypatch.setattr("pipeline.export.schema_yml", full)
    with pytest.raises(OSError, match="no space"):
        export(str(small), str(out))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_what_cannot_be_exported(small: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pytest.raises(ValueError, match="choose of parquet, csv"):
        export(str(small), str(tmp_path / "out"), ("xlsx",))
    with pytest.raises(NotAStoreError):
        export(str(tmp_path / "none"), str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()
