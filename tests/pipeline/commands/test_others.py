"""The commands schema, catalog, export and evaluate from the command line; what they call is tested where it stands."""

from __future__ import annotations

import json
import pathlib
import shutil

import duckdb
import pytest

from pipeline.main import main
from tests.pipeline.articles import MEETING, write_articles


def test_schema_shows_views_and_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    every = capsys.readouterr().out
    assert main(["schema", "strikes"]) == 0
    one = capsys.readouterr().out
    assert one in every
    assert "weapon" in one
    assert "actors[].role" in one
    assert main(["schema", "store.incident_members", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {column["name"] for column in shown[0]["columns"]} >= {"event_id", "incident_id", "blocks"}


def test_catalog_writes_a_database_that_stands_by_itself(news_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "elsewhere.duckdb"
    assert main(["catalog", "--store", str(news_store), "--to", str(target)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(3,)]


def test_catalog_finds_and_deletes_leftovers(news_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "S"
    shutil.copytree(news_store, store)
    assert main(["catalog", "--store", str(store), "--check"]) == 0
    stray = store / "tables" / "documents" / "part-stray.parquet"
    stray.write_bytes(b"")
    assert main(["catalog", "--store", str(store), "--check"]) == 1
    assert "part-stray.parquet" in capsys.readouterr().out
    assert main(["catalog", "--store", str(store), "--repair"]) == 0
    assert not stray.exists()
    assert main(["catalog", "--store", str(store), "--check"]) == 0


def test_export_writes_both_formats(news_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--store", str(news_store), "--to", str(tmp_path / "flat"), "--format", "parquet,csv"]) == 0
    assert "fact_mention: 4 rows" in capsys.readouterr().out.splitlines()
    names = {each.stem for each in (tmp_path / "flat").glob("*.parquet")}
    assert names == {"fact_mention", "fact_incident", "bridge_event_actor", "dim_actor", "dim_place", "dim_date", "dim_document"}
    assert {each.stem for each in (tmp_path / "flat").glob("*.csv")} == names
    (tmp_path / "file").write_text("x")
    assert main(["export", "--store", str(news_store), "--to", str(tmp_path / "file")]) == 2


def test_evaluate_scores_extraction_and_stores_alike(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    actors = [
        {"role": "participant", "name": name, "country": country, "named": True} for name, country in (("Espen Barth Eide", "NOR"), ("William Ruto", "KEN"))
    ]
    event = {"type": "meeting", "start": 0, "end": len(MEETING), "trigger": "met", "status": "occurred", "date": "2025-03-10", "date_end": "2025-03-10"}
    event |= {"location_country": "KEN", "format": "in_person", "actors": actors}
    gold = {"doc_id": "one", "text": MEETING, "published": "2025-03-12", "events": [event], "n_sentences": 1}
    path = write_articles(tmp_path / "gold.jsonl", gold)
    assert main(["evaluate", "--gold", path, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["meeting"]["strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 1, "predicted": 1}
    assert result["fields"]["date"]["f1"] == result["fields"]["location_country"]["f1"] == 1.0
    assert result["documents"] == {"gold": 1, "with events but none found": 0}
    assert main(["run", path, "--store", str(tmp_path / "S"), "--quiet"]) == 0
    assert main(["evaluate", "--gold", path, "--store", str(tmp_path / "S"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == result
    for several in (["--gold", path, path], ["--gold", path, "--gold", path]):
        assert main(["evaluate", *several]) == 0
        assert "all           mentions P 1.000 R 1.000 F1 1.000 (gold 2, predicted 2)" in capsys.readouterr().out
