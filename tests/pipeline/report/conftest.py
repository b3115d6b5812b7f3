from __future__ import annotations

import dataclasses
import pathlib
from typing import Any

import pytest

from pipeline.report.page import report
from schemas.event_types.aid_decision import AidDecision
from schemas.event_types.meeting import Meeting
from schemas.event_types.strike import Strike
from schemas.place import Place
from tests.pipeline.report.synthetic_store import extractions
from tests.transforms.storage.synthetic import actor, document, extraction, mention, store

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>]]><!-- drones hit"


def _told(at: int, source: Any, date: str, record: type = Strike, **fields: Any) -> Any:
    place = Place(text="Lutsk", name="Lutsk", country="UKR", latitude=50.75, longitude=25.33, precision="city")
    return mention(source, at, record, date, locations=(place,), **fields)


@pytest.fixture(scope="session")
def report_store(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A store of 300 synthetic mentions and of some that are made for what the tests ask; nothing is read by spaCy."""
    folder = tmp_path_factory.mktemp("report") / "store"
    hostile = document("hostile", "2026-01-05", text=HOSTILE, title="<b>bold</b> & 'quoted'", source="<i>Courier</i>", uri="javascript:alert(3)")
    plain = document("plain", "2026-01-06", text="It was told again.", source="Herald", uri="https://example.org/plain")
    at = HOSTILE.index("drones")
    words = {"sentence": HOSTILE, "sentence_end": len(HOSTILE), "trigger": "drones hit", "trigger_end": at + 10, "killed_min": 3, "killed_max": 5}
    odd = dataclasses.replace(actor("target", "UKR", "someone", name="<img src=x onerror=alert(4)>"), text="drones", text_start=at, text_end=at + 6)
    made = [
        extraction(hostile, _told(at, hostile, "2026-01-04", actors=(actor("attacker", "RUS"), odd), blame="alleged", attributed_to="Kyiv", **words)),
        extraction(
            plain,
            _told(0, plain, "2026-01-04", actors=(actor("attacker", "RUS"), actor("target", "UKR")), blame="alleged"),
            _told(20, plain, "2026-01-03", Meeting, actors=(actor("participant", "FRA"), actor("participant", "UKR")), status="planned"),
            _told(
                40, plain, "2026-01-02", AidDecision, actors=(actor("donor", "NOR"), actor("recipient", "UKR")), decision="requested",
                amount=2.5e9, currency="USD", amount_usd=2.5e9, amount_scope="once",
            ),
        ),
    ]  # fmt: skip
    wave = document("wave", "2025-12-24", text="A wave of strikes.", source="Herald")
    towns = [Place(text=name, name=name, country="UKR", latitude=50.0, longitude=30.0, precision="city") for name in ("Lutsk", "Rivne")]
    parts = [mention(wave, 10 * at, Strike, "2025-12-24", locations=(town,), killed_min=3, killed_max=4) for at, town in enumerate(towns, start=1)]
    made.append(extraction(wave, mention(wave, 0, Strike, "2025-12-24", locations=(), trigger="wave", killed_min=10, killed_max=10), *parts))
    anniversary = document("anniversary", "2025-12-24", text="An attack of long ago is remembered.", source="Herald")
    made.append(extraction(anniversary, _told(0, anniversary, "1990-05-01", actors=())))
    store(folder, "run-1", [*extractions(300), *made])
    return folder


@pytest.fixture(scope="session")
def report_page(report_store: pathlib.Path) -> pathlib.Path:
    page = report_store.parent / "report.html"
    page.write_text(report(str(report_store)).page, encoding="utf-8")
    return page
