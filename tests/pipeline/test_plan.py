from __future__ import annotations

import json
import os
import pathlib
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.options import DatelineOptions
from pipeline.plan import Plan, as_json, describe, make_plan, size_text
from pipeline.run import run
from tests.pipeline.articles import MEETING, article, write_articles

CORES = len(os.sched_getaffinity(0))


def plan(*inputs: str, store: str, **options: Any) -> Plan:
    return make_plan(DatelineOptions(inputs=inputs, store=store, **options))


@pytest.fixture
def news(tmp_path: pathlib.Path) -> str:
    return write_articles(tmp_path / "in" / "news.jsonl", article("one", MEETING))


def test_a_small_input_has_one_worker(news: str, tmp_path: pathlib.Path) -> None:
    found = plan(news, store=str(tmp_path / "S"))
    assert (found.workers, found.spread, found.store_version) == (1, False, 0)
    assert found.files == ((news, pathlib.Path(news).stat().st_size),)
    assert found.model == "en_core_web_sm 3.8.0"


def test_stated_workers_hold_for_small_inputs_too(news: str, tmp_path: pathlib.Path) -> None:
    assert plan(news, store=str(tmp_path / "S"), workers=2).workers == 2
    assert plan(news, store=str(tmp_path / "S"), beam=("--direct_num_workers=3",)).workers == 3


@pytest.mark.parametrize(
    ("name", "size", "workers", "spread"),
    [("a.jsonl", 4_000_000, CORES, False), ("a.jsonl.gz", 400_000, CORES, CORES > 1), ("a.csv", 2_000_000, CORES, CORES > 1)],
)
def test_a_large_input_has_one_worker_a_core(name: str, size: int, workers: int, spread: bool, tmp_path: pathlib.Path) -> None:
    (tmp_path / name).write_bytes(b"x" * size)
    found = plan(str(tmp_path / name), store=str(tmp_path / "S"))
    assert (found.workers, found.spread) == (workers, spread)


def test_files_that_were_read_before_and_not_changed_since_start_no_workers(tmp_path: pathlib.Path) -> None:
    news, store = write_articles(tmp_path / "news.jsonl", article("one", MEETING)), str(tmp_path / "S")
    run(plan(news, store=store), quiet=True)
    with pathlib.Path(news).open("ab") as out:
        out.write(b"\n" * 4_000_000)
    assert plan(news, store=store).workers == CORES
    os.utime(news, (0, 0))
    assert plan(news, store=store).workers == 1


def test_only_what_fits_into_memory_is_spread(tmp_path: pathlib.Path) -> None:
    with (tmp_path / "a.csv").open("wb") as out:
        out.truncate(100_000_000)
    found = plan(str(tmp_path / "a.csv"), store=str(tmp_path / "S"), workers=2)
    assert (found.workers, found.spread) == (2, False)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"inputs": ()}, "no INPUT is given"),
        ({"inputs": ("absent.txt",)}, "no file matches 'absent.txt'"),
        ({"inputs": ("gone/*.txt",)}, "no file matches"),
        ({"store": "a*b"}, "holds [*] or [?]"),
        ({"store": "what?"}, "holds [*] or [?]"),
        ({"store": ""}, "give --store DIR"),
        ({"store": "nowhere://bucket/x"}, "cannot be used"),
        ({"store": "in"}, "is no store of dateline"),
        ({"store": "in/news.jsonl"}, "is a file"),
        ({"published": "someday"}, "someday"),
        ({"fields": {"body": "x"}}, "is no field of a document"),
        ({"model": "xx_no_such"}, "python -m spacy download xx_no_such"),
    ],
)
def test_what_cannot_run_is_told_and_nothing_is_written(
    options: dict[str, Any], said: str, news: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=said):
        make_plan(DatelineOptions(**({"inputs": (news,), "store": "S"} | options)))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_store_of_a_newer_contract_is_not_touched(news: str, tmp_path: pathlib.Path) -> None:
    manifest = tmp_path / "S" / "manifest" / "00000001.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"contract": 99}))
    with pytest.raises(UsageError, match="install a newer dateline"):
        plan(news, store=str(tmp_path / "S"))


def test_inputs_within_the_store_are_refused(news: str, news_store: pathlib.Path) -> None:
    with pytest.raises(UsageError, match="lies in the store"):
        plan(news, str(news_store / "tables"), store=str(news_store))


def test_a_plan_is_shown(news: str, news_store: pathlib.Path) -> None:
    found = plan(news, store=str(news_store))
    shown = describe(found)
    assert "1 file, " in shown
    assert "(version 1, 3 documents)" in shown
    assert as_json(found)["store_documents"] == 3


@pytest.mark.parametrize(("size", "text"), [(0, "0 B"), (999, "999 B"), (1200, "1.2 kB"), (3_400_000, "3.4 MB"), (2e12, "2.0 TB")])
def test_sizes_are_readable(size: float, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize("endpoint", ["localhost:1", "localhost", "nobody"])
def test_a_job_server_that_does_not_answer_is_wrong_usage(endpoint: str, news: str, tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match="no job server answers at --job_endpoint"):
        plan(news, store=str(tmp_path / "S"), beam=("--runner=PortableRunner", f"--job_endpoint={endpoint}"))
