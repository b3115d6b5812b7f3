"""How long the report takes to open and to filter: `python -m tests.pipeline.report.measure_page PAGE.html`.

Wall time, and the processor time of the page's main thread: on a machine that does other things the second says what the page costs.
"""

from __future__ import annotations

import pathlib
import shutil
import sys
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import sync_playwright

_DRAWN = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
_TYPE = "document.querySelector('#types input').click()"
_PERIOD = "(() => { const each = document.getElementById('preset'); each.value = '365'; each.dispatchEvent(new Event('change', {bubbles: true})); })()"
_CLEAR = "document.getElementById('reset').click()"


def measure(page: Any, processor: Callable[[], float], act: Callable[[], object]) -> tuple[int, int]:
    """Milliseconds of wall time and of the main thread's processor time until what an act changes is drawn."""
    before, began = processor(), time.perf_counter()
    act()
    page.evaluate(_DRAWN)
    return round(1000 * (time.perf_counter() - began)), round(1000 * (processor() - before))


def main(file: pathlib.Path) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

        def processor() -> float:
            return next(float(each["value"]) for each in session.send("Performance.getMetrics")["metrics"] if each["name"] == "TaskDuration")

        def opened() -> None:
            page.goto(file.resolve().as_uri(), wait_until="commit")
            page.wait_for_selector("html[data-ready]", timeout=120_000)

        print(f"{file}: {file.stat().st_size:,} bytes")  # noqa: T201 - a program to read
        for name, act in (
            ("open", opened),
            ("type", lambda: page.evaluate(_TYPE)),
            ("period", lambda: page.evaluate(_PERIOD)),
            ("clear", lambda: page.evaluate(_CLEAR)),
        ):
            wall, cpu = measure(page, processor, act)
            print(f"{name}: {wall} ms, {cpu} ms of the main thread")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
