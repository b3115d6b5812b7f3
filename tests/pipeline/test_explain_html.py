"""The page of `dateline explain` in a real browser."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest

from pipeline.explain import explain
from pipeline.explain_html import page

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_cards_belong_together_and_nothing_bars_a_reader(
    width: int, scheme: str, visit: Any, news_store: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    file = tmp_path / "page.html"
    file.write_text(page(explain(str(news_store), "three")), encoding="utf-8")
    opened = visit(file, viewport={"width": width, "height": 900}, color_scheme=scheme).page
    found = axe.Axe().run(opened).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    plain = opened.evaluate("getComputedStyle(document.querySelector('.text .e1')).backgroundColor")
    opened.click("sup a[href='#event-1']")
    assert opened.evaluate("location.hash") == "#event-1"
    assert opened.evaluate("getComputedStyle(document.querySelector('.text .e1')).backgroundColor") != plain
