from __future__ import annotations

import html.parser
import pathlib

import pytest

from pipeline.main import main
from tests.pipeline.articles import AID, MEETING, STRIKE, article, write_articles


def explain(store: pathlib.Path, *arguments: str) -> int:
    return main(["explain", "--store", str(store), *arguments])


def test_words_are_marked_and_reasons_given(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(news_store, "one") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("A visit\none · ")
    for part in (
        "[met]{trigger}",
        "[Nairobi]{place}",
        "[on Monday]{date}",
        "William Ruto",
        "rule meeting/",
        "seeds/actors",
        "format           in_person",
        "of seeds/frames/meeting.toml: verb: ",
    ):
        assert part in shown
    assert explain(news_store, "three") == 0
    assert "[30 million euros]{amount}" in capsys.readouterr().out


def test_candidates_say_what_ruled_them_out(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{MEETING} A planned strike over pay hit ports."
    inputs = write_articles(tmp_path / "in.jsonl", article("one", text))
    assert main(["run", inputs, "--store", str(tmp_path / "S"), "--quiet"]) == 0
    assert explain(tmp_path / "S", "one") == 0
    assert "turned down" not in capsys.readouterr().out
    assert explain(tmp_path / "S", "one", "--candidates") == 0
    shown = capsys.readouterr().out.partition("turned down\n")[2].splitlines()
    assert any(line.startswith("  strike/") and "[strike] over pay" in line for line in shown)


class _Words(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.marked: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self._kinds: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "mark":
            self._kinds.append((dict(attrs)["class"] or "").split(" ")[0])

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._kinds.pop()

    def handle_data(self, data: str) -> None:
        if self._kinds:
            self.marked.append((self._kinds[-1], data))


def test_the_page_stands_alone_and_is_escaped(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = f"<script>alert(1)</script> {MEETING} {STRIKE} {AID} <b>&amp;"
    inputs = write_articles(tmp_path / "in.jsonl", article("one", hostile, title='"><img src=x>', source="<i>"))
    assert main(["run", inputs, "--store", str(tmp_path / "S"), "--quiet"]) == 0
    assert explain(tmp_path / "S", "one", "--html", str(tmp_path / "page.html"), "--candidates") == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "page.html")
    page = _Words()
    page.feed((tmp_path / "page.html").read_text("utf-8"))
    assert not page.tags & {"script", "img", "i", "b", "link"}
    assert page.links
    assert all(link.startswith(("#event-", "#mark-")) for link in page.links)
    assert {("trigger", "met"), ("place", "Nairobi"), ("date", "on Monday"), ("amount", "30 million euros")} <= set(page.marked)


def test_an_unknown_document_is_wrong_usage(news_store: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(news_store, "none") == 2
    assert "the store has no document 'none'" in capsys.readouterr().err
