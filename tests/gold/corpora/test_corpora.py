"""The evaluation gate on real texts: news items and government statements that were annotated by people who had not read a rule."""

from __future__ import annotations

import json
import pathlib

import pytest

from pipeline.main import main
from tests.gold.corpora.with_text import with_text

HERE = pathlib.Path(__file__).parent
CORPORA = [pathlib.Path(__file__).parents[4] / "shared" / "corpora" / f"{name}.jsonl.gz" for name in ("current_events", "whitehouse")]
# Events, and floors of F1, which are raised with every improvement and never lowered. No rule may be written on what `unread` shows.
FLOORS = {
    "unread": (268, {"mentions": 0.873, "roles": 0.793, "strict": 0.618}),
    "worked_on": (749, {"mentions": 0.86, "roles": 0.774, "strict": 0.642}),
}


@pytest.mark.skipif(not all(path.exists() for path in CORPORA), reason="the corpora lie beside the repository and are not part of it")
@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(name: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / f"{name}.jsonl"
    gold.write_text("".join(f"{json.dumps(document)}\n" for document in with_text(HERE / f"{name}.jsonl", CORPORA)), "utf-8")
    events, floors = FLOORS[name]
    assert main(["evaluate", "--gold", str(gold), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["all"]
    assert figures["mentions"]["gold"] == events
    assert {name: figures[name]["f1"] for name, floor in floors.items() if figures[name]["f1"] < floor} == {}


def test_every_event_lies_in_its_text() -> None:
    for name in FLOORS:
        for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            for event in row["events"]:
                assert 0 <= event["start"] <= event["trigger_start"] < event["trigger_end"] <= event["end"] <= row["end"] - row["start"], row["doc_id"]
                assert not {"text", "trigger", "topic", "date_text"} & event.keys()
