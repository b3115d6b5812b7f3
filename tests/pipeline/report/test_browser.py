"""The report in a real browser, without a network."""

from __future__ import annotations

import pathlib
import re
from typing import Any

import pytest

from pipeline.database import open_store
from pipeline.report.page import report
from tests.pipeline.report.conftest import HOSTILE

pytestmark = pytest.mark.slow
_COUNTED = "date_basis IN ('text', 'carried', 'published') AND scope <> 'process' AND event_date IS NOT NULL AND NOT told_by_parts"
_HAPPENED = "status IN ('occurred', 'ongoing') AND coalesce(decision, '') NOT IN ('requested', 'proposed', 'rejected', 'suspended')"


def ask(store: pathlib.Path, query: str) -> list[tuple[Any, ...]]:
    with open_store(str(store)) as connection:
        return connection.execute(query).fetchall()


def settle(page: Any) -> None:
    """Waits for what the page has put off to the next frames: a busy machine draws late."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))")


def happened(page: Any) -> dict[str, int]:
    settle(page)
    cards = page.evaluate(
        "[...document.querySelectorAll('#headline .card:not(.apart)')].map(c => [c.querySelector('h3').innerText.trim(), c.querySelector('.big').innerText])"
    )
    return {
        name.lower().removesuffix("s").replace(" ", "_"): int(value.replace(",", "")) for name, value in cards if name not in ("Killed, as reported", "Read")
    }


def numbers(page: Any, section: str) -> list[list[str]]:
    """The rows of a figure's table."""
    if page.locator(f"#{section} details.data").get_attribute("open") is None:
        page.locator(f"#{section} summary").click()
    settle(page)
    found: list[list[str]] = page.evaluate(f"[...document.querySelectorAll('#{section} details.data tbody tr')].map(r => [...r.cells].map(c => c.textContent))")
    return found


def drawn(page: Any) -> dict[str, str]:
    settle(page)
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries(['timeline','map','dyads','aid','actors'].map(id => [id, document.querySelector(`#${id} .plot`).innerHTML]))"
    )
    return found


def choose(page: Any, field: str, value: str) -> None:
    if field in ("from", "to", "actor"):
        page.fill(f"#{field}", value)
        page.locator(f"#{field}").dispatch_event("change")
    else:
        page.select_option(f"#{field}", label=value)


def test_it_opens_without_a_network_and_figures_are_those_of_the_store(visit: Any, report_page: pathlib.Path, report_store: pathlib.Path) -> None:
    page = visit(report_page).ready()
    expected = ask(report_store, f"SELECT event_type, count(*) FROM store.incidents WHERE {_COUNTED} AND {_HAPPENED} GROUP BY ALL")
    assert happened(page) == dict(expected)
    assert page.locator(".plot:has(svg)").count() == 5


def test_the_head_says_when_was_published_what_was_read(visit: Any, report_page: pathlib.Path, report_store: pathlib.Path) -> None:
    page = visit(report_page).ready()
    [(first, last)] = ask(report_store, "SELECT min(published_date), max(published_date) FROM documents")
    assert f"published from {first} to {last}." in page.inner_text("#about")
    page.select_option("#preset", "30")
    assert page.input_value("#to") == str(last)


def test_an_event_of_long_ago_does_not_empty_the_timeline(visit: Any, report_page: pathlib.Path) -> None:
    page = visit(report_page).ready()
    page.select_option("#timeline select", "month")
    assert "1 event long before or after is in the numbers alone" in page.inner_text("#timeline .caption")
    assert numbers(page, "timeline")[0][0] == "1990-05-01"
    years = "[...document.querySelectorAll('#timeline .plot text')].map(each => each.textContent).join(' ')"
    assert "2024" in page.evaluate(years)
    assert "19" not in page.evaluate(years)
    choose(page, "to", "1990-12-31")
    assert "long before" not in page.inner_text("#timeline .caption")
    assert page.locator("#timeline .plot g > rect").count() == 1


def test_dyads_and_aid_are_those_of_the_views(visit: Any, report_page: pathlib.Path, report_store: pathlib.Path) -> None:
    page = visit(report_page).ready()
    page.select_option("#dyads select", label="strike: attacker → target")
    shown = {(row[0], row[1]): int(row[2]) for row in numbers(page, "dyads") if row[2] != "0"}
    query = (
        "SELECT acting, receiving, sum(incidents) FROM dyads WHERE event_type = 'strike' AND status IN ('occurred', 'ongoing') AND incidents > 0 GROUP BY ALL"
    )
    assert shown == {(acting, receiving): int(count) for acting, receiving, count in ask(report_store, query)}
    aid = {row[8].replace(",", "") for row in numbers(page, "aid") if row[0] == "NOR" and row[3] == "requested" and row[8]}
    assert "2500000000" in aid
    query = "SELECT sum(amount_usd) FROM aid_totals WHERE decision = 'delivered' AND status IN ('occurred', 'ongoing')"
    delivered = sum(int(row[8].replace(",", "")) for row in numbers(page, "aid") if row[3] == "delivered" and row[4] == "happened" and row[8])
    assert delivered == ask(report_store, query)[0][0]


@pytest.mark.parametrize(("field", "value", "where"), [
    ("country", "UKR", "location_country = 'UKR'"),
    ("from", "2024-01-01", "event_date >= '2024-01-01'"),
    ("actor", "RUS", "incident_id IN (SELECT incident_id FROM store.incident_actors WHERE acts_for = 'RUS' OR actor_id = 'RUS')"),
])  # fmt: skip
def test_a_filter_acts_on_everything_at_once(field: str, value: str, where: str, visit: Any, report_page: pathlib.Path, report_store: pathlib.Path) -> None:
    page = visit(report_page).ready()
    before = drawn(page)
    choose(page, field, value)
    after = drawn(page)
    assert [name for name in before if before[name] == after[name]] == []
    expected = ask(report_store, f"SELECT event_type, count(*) FROM store.incidents WHERE {_COUNTED} AND {_HAPPENED} AND {where} GROUP BY ALL")
    assert {name: count for name, count in happened(page).items() if count} == dict(expected)
    listed = ask(report_store, f"SELECT count(*) FROM store.incidents WHERE {where}")[0][0]
    assert f"of {listed:,} event" in page.inner_text("#incidents .pages")
    page.click("#reset")
    # Not `wait_for_function`: where its first look fails it evaluates a string again, which the page's own policy forbids.
    page.locator("#chosen", has_text=re.compile("^Everything")).wait_for()
    assert drawn(page) == before


def test_what_did_not_happen_is_apart_and_never_added(visit: Any, report_page: pathlib.Path, report_store: pathlib.Path) -> None:
    page = visit(report_page).ready()
    before = happened(page)
    for standing in (1, 2, 3, 4):
        page.locator(f"#standings input[value='{standing}']").uncheck()
    assert happened(page) == before
    assert {row[2] for row in numbers(page, "timeline")} == {"happened"}
    assert page.locator("#timeline rect[fill*='pattern'], #timeline [fill*='pattern']").count() == 0
    page.locator("#standings input[value='0']").uncheck()
    page.locator("#standings input[value='1']").check()
    assert set(happened(page).values()) == {0}
    planned = ask(report_store, f"SELECT count(*) FROM store.incidents WHERE {_COUNTED} AND status = 'planned'")[0][0]
    assert f"{planned} planned" in page.inner_text("#headline .apart").replace("\n", " ")


def test_a_wave_counts_by_its_places_and_with_the_greater_toll(visit: Any, report_page: pathlib.Path, report_store: pathlib.Path) -> None:
    page = visit(report_page).ready()
    choose(page, "from", "2025-12-24")
    choose(page, "to", "2025-12-24")
    [expected] = ask(report_store, "SELECT sum(incidents), sum(killed_min) FROM strike_days WHERE day = '2025-12-24'")
    assert expected == (2, 10)
    assert happened(page)["strike"] == 2
    assert "Killed, as reported 10 " in " ".join(page.inner_text("#headline").split())
    assert "of 3 events" in page.inner_text("#incidents .pages")


def test_alleged_attackers_are_marked(visit: Any, report_page: pathlib.Path) -> None:
    page = visit(report_page).ready()
    choose(page, "from", "2026-01-04")
    assert "RUS (alleged) → " in page.inner_text("#incidents tbody")
    page.select_option("#dyads select", label="strike: attacker → target")
    assert ["RUS", "UKR", "1", "1"] in [row[:4] for row in numbers(page, "dyads")]
    assert page.locator("#dyads .plot [stroke-dasharray]").count() > 0
    page.click("#incidents .toggle")
    assert "blame alleged · according to Kyiv" in page.inner_text(".evidence")


def test_counts_per_document_read(visit: Any, report_page: pathlib.Path, report_store: pathlib.Path) -> None:
    page = visit(report_page).ready()
    choose(page, "from", "2026-01-01")
    page.select_option("#measure", "per")
    documents = ask(report_store, "SELECT sum(documents) FROM coverage WHERE published_date >= '2026-01-01'")[0][0]
    strikes = ask(
        report_store, f"SELECT count(*) FROM store.incidents WHERE {_COUNTED} AND {_HAPPENED} AND event_date >= '2026-01-01' AND event_type = 'strike'"
    )[0][0]
    assert happened(page)["strike"] == 100 * strikes / documents


def test_text_of_documents_stays_text(visit: Any, report_page: pathlib.Path) -> None:
    page = visit(report_page).ready()
    choose(page, "from", "2026-01-04")
    page.click("#incidents .toggle")
    page.wait_for_selector(".evidence blockquote")
    shown = page.evaluate("[...document.querySelectorAll('.evidence blockquote')].map(each => each.textContent)")
    assert HOSTILE in shown
    assert "drones hit" in page.evaluate("[...document.querySelectorAll('.evidence mark.trigger')].map(each => each.textContent).join('')")
    assert page.locator("main img, main script, main b b, main i, a[href^='javascript']").count() == 0
    assert "<img src=x onerror=alert(4)>" in page.inner_text("#incidents tbody")
    assert "<i>Courier</i> · <b>bold</b> & 'quoted'" in page.inner_text(".evidence")


def test_the_table_searches_sorts_and_turns_pages(visit: Any, report_page: pathlib.Path) -> None:
    page = visit(report_page).ready()
    dates = "[...document.querySelectorAll('#incidents td.date')].map(each => each.textContent.slice(0, 10))"
    latest = page.evaluate(dates)
    assert latest == sorted(latest, reverse=True)
    page.click("#incidents th button:has-text('Date')")
    earliest = page.evaluate(dates)
    assert earliest == sorted(earliest)
    assert page.locator("#incidents th[aria-sort='ascending']").inner_text().startswith("Date")
    page.click("#incidents button:has-text('Next page')")
    assert "26 to 50" in page.inner_text("#incidents .pages")
    page.fill("#incidents input[type='search']", "lutsk")
    assert set(page.evaluate("[...document.querySelectorAll('#incidents td[data-label=Where]')].map(each => each.textContent)")) == {"Lutsk, UKR"}


def test_it_is_used_by_keyboard_alone(visit: Any, report_page: pathlib.Path) -> None:
    page = visit(report_page).ready()
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.className || document.activeElement.type || document.activeElement.tagName")
        )
        if reached[-1] == "toggle":
            break
    assert reached[0] == "skip"
    assert {"from", "to", "actor", "country", "measure", "toggle"} <= set(reached)
    page.keyboard.press("Enter")
    page.wait_for_selector(".evidence blockquote")
    page.keyboard.press("Enter")
    assert page.locator(".below:not([hidden])").count() == 0


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier_and_no_sideways_scrolling(width: int, scheme: str, visit: Any, report_page: pathlib.Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(report_page, viewport={"width": width, "height": 900}, color_scheme=scheme).ready()
    page.click("#incidents .toggle")
    page.wait_for_selector(".evidence blockquote")
    numbers(page, "aid")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_has_the_figures_and_no_controls(visit: Any, report_page: pathlib.Path) -> None:
    page = visit(report_page, color_scheme="dark", viewport={"width": 718, "height": 1000}).ready()  # A4 less its margins
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('#incidents table').scrollWidth <= document.querySelector('#incidents').clientWidth")
    assert not page.is_visible("#filters")
    assert page.is_visible("#timeline svg")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_what_is_cut_is_said(visit: Any, report_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    made = report(str(report_store), incidents=100, mentions=20)
    assert (made.incidents, made.mentions) == (100, 20)
    file = tmp_path / "cut.html"
    file.write_text(made.page, encoding="utf-8")
    page = visit(file).ready()
    assert f"leaves out the {made.incidents_left_out} events with the earliest dates" in page.inner_text("#notes")
    assert f"{made.mentions_left_out} sentences" in page.inner_text("#notes")
    page.click("#incidents button:has-text('Next page')")
    page.click("#incidents .toggle")
    page.wait_for_selector(".evidence")
    assert "more is in the store and not in this page" in page.inner_text(".evidence")
