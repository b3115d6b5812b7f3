from __future__ import annotations

import pathlib

import pytest

from pipeline.main import main
from tests.pipeline.articles import AID, MEETING, STRIKE, article, write_articles
from tests.pipeline.browser import browser, visit

__all__ = ["browser", "news_store", "visit"]


@pytest.fixture(scope="session")
def news_store(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A store that a run over three articles has made; for reading alone."""
    folder = tmp_path_factory.mktemp("news")
    articles = [article("one", MEETING, title="A visit"), article("two", STRIKE), article("three", f"{AID} {STRIKE}")]
    inputs = write_articles(folder / "in" / "news.jsonl", *articles)
    assert main(["run", inputs, "--store", str(folder / "store"), "--quiet"]) == 0
    return folder / "store"
