"""Headless Chromium for tests of the pages that dateline writes."""

from __future__ import annotations

import pathlib
import shutil
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--disable-component-update", "--no-first-run"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; where there is none the tests that need it are skipped, and said to be.

    Its driver keeps an event loop running, in which no prompt can be tested: it ends with the module.
    """
    playwright = pytest.importorskip("playwright.sync_api")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        warnings.warn("no Chromium on this machine: what the report does in a browser is NOT tested (apt-get install chromium)", stacklevel=1)
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=_FLAGS)
        yield opened
        opened.close()


class Visit:
    """A page opened without a network, and what it did that it should not."""

    def __init__(self, browser: Any, file: pathlib.Path, **options: Any) -> None:
        self.context = browser.new_context(offline=True, **({"viewport": {"width": 1440, "height": 900}} | options))
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def ready(self) -> Any:
        self.page.wait_for_selector("html[data-ready]", timeout=60_000)
        return self.page


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens a page; closes it after the test, which fails if the page complained or asked for anything."""
    visits: list[Visit] = []

    def opened(file: pathlib.Path, **options: Any) -> Visit:
        visits.append(Visit(browser, file, **options))
        return visits[-1]

    yield opened
    for each in visits:
        each.context.close()
        assert each.complaints == []
        assert len(each.requests) == 1
