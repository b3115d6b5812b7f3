from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.resources
import json
import pathlib
import re
import tomllib
from typing import Any

import pytest

from pipeline.main import main
from pipeline.report.page import report
from pipeline.web_page import policy
from schemas.event_types import event_types
from tests.pipeline.report.conftest import HOSTILE

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def unpacked(page: str, name: str) -> Any:
    block = re.search(rf'<script type="application/gzip" id="{name}">([A-Za-z0-9+/=]*)</script>', page)
    assert block is not None
    return json.loads(gzip.decompress(base64.b64decode(block[1])))


def test_the_policy_lets_the_pages_own_scripts_run_and_nothing_else(report_page: pathlib.Path) -> None:
    page = report_page.read_text("utf-8")
    stated = page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0].replace("&#x27;", "'")
    scripts = _SCRIPT.findall(page)
    assert len(scripts) == 2
    assert stated == policy(*scripts)
    assert stated.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in stated
    assert not re.search(r"""<(?:link|img|iframe|script)[^>]+(?:src|href)=|url\((?!#)|@import""", page.partition("<script>")[0])


def test_text_of_documents_is_only_in_packed_blocks(report_page: pathlib.Path) -> None:
    page = report_page.read_text("utf-8")
    assert "drones hit" not in page
    evidence = unpacked(page, "evidence-0")
    sentences = [
        "".join(piece if isinstance(piece, str) else piece[0] for piece in each["sentence"]) for incident in evidence["incidents"] for each in incident["shown"]
    ]
    assert HOSTILE in sentences


def test_facts_name_every_event_type_and_role(report_page: pathlib.Path) -> None:
    facts = unpacked(report_page.read_text("utf-8"), "facts")
    assert [each["name"] for each in facts["types"]] == list(event_types())
    assert {facts["roles"][role] for role in facts["parts"]["role"]} <= {role for record in event_types().values() for role in record.ROLES}
    count = len(facts["incidents"]["type"])
    assert {len(values) for name, values in facts["incidents"].items() if name != "currencies"} == {count}
    assert len(facts["parts"]["first"]) == count + 1
    assert facts["parts"]["first"][-1] == len(facts["parts"]["role"])


def test_what_is_left_out_is_counted(report_store: pathlib.Path) -> None:
    whole = report(str(report_store))
    assert (whole.incidents_left_out, whole.mentions_left_out) == (0, 0)
    cut = report(str(report_store), incidents=50, mentions=10)
    assert cut.incidents + cut.incidents_left_out == whole.incidents
    facts = unpacked(cut.page, "facts")
    assert facts["left_out"] == {"incidents": cut.incidents_left_out, "mentions": cut.mentions_left_out}
    days = facts["incidents"]["day"]
    assert days == sorted(days, reverse=True)


def test_an_empty_store_has_a_page_too(tmp_path: pathlib.Path) -> None:
    from tests.transforms.storage.synthetic import document, extraction, store

    store(tmp_path / "S", "run-1", [extraction(document("one"))])
    made = report(str(tmp_path / "S"), title="<b>Mine</b>")
    assert made.incidents == 0
    assert "<title>&lt;b&gt;Mine&lt;/b&gt;</title>" in made.page


def test_vendored_files_are_what_was_published() -> None:
    folder = importlib.resources.files("pipeline.report") / "vendor"
    stated = tomllib.loads((folder / "versions.toml").read_text("utf-8"))
    assert set(stated) == {each.name for each in folder.iterdir() if each.name.endswith((".js", ".json"))}
    for name, each in stated.items():
        assert hashlib.blake2b((folder / name).read_bytes(), digest_size=16).hexdigest() == each["blake2b"]
        assert "Permission to use, copy, modify" in (folder / each["licence"]).read_text("utf-8")


def test_the_command_writes_the_page(report_store: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--store", str(report_store), "--to", str(tmp_path / "page.html"), "--mentions", "5"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{tmp_path / 'page.html'}: ")
    assert said.out.endswith(" incidents, 5 mentions\n")
    assert said.err.startswith("left out: 0 incidents, ")
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_command_says_what_is_wrong(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--store", str(tmp_path / "none"), "--to", str(tmp_path / "page.html")]) == 2
    assert not (tmp_path / "page.html").exists()
    assert main(["report", "--store", str(tmp_path), "--to", str(tmp_path / "no" / "page.html")]) == 2
    assert "there is no folder" in capsys.readouterr().err
