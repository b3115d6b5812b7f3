from __future__ import annotations

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from pipeline.completion import SqlCompleter

VIEWS = {"events": "reports", "meetings": "meetings", "documents": "what was read"}
COLUMNS = {
    "events": {"event_id": "its id", "event_date": "its day", "status": "whether"},
    "meetings": {"format": "how", "status": "whether"},
    "documents": {"doc_id": ""},
}
COMMANDS = {".schema": ("events", "meetings"), ".mode": ("table", "csv"), ".tables": ()}


def completed(text: str, after: str = "") -> list[str]:
    completer = SqlCompleter(lambda: COLUMNS, VIEWS, COMMANDS)
    return [each.text for each in completer.get_completions(Document(text + after, len(text)), CompleteEvent())]


@pytest.mark.parametrize(
    ("text", "after", "found"),
    [
        ("SELECT * FROM ", "", ["events", "meetings", "documents"]),
        ("SELECT * FROM me", "", ["meetings"]),
        ("SELECT * FROM events JOIN doc", "", ["documents"]),
        ("SELECT e.", " FROM events AS e", ["event_id", "event_date", "status"]),
        ("SELECT e.event_d", " FROM events e", ["event_date"]),
        ("SELECT meetings.fo", " FROM meetings", ["format"]),
        ("SELECT fo", " FROM meetings", ["format"]),
        ("SELECT x.", " FROM meetings", []),
        ("SELECT event_i", "", ["event_id"]),
        ("SELECT * FROM events WHERE st", "", ["status", "string_agg"]),
        ("SEL", "", ["SELECT"]),
        (".sch", "", [".schema"]),
        (".schema m", "", ["meetings"]),
        (".mode ", "", ["table", "csv"]),
    ],
)
def test_what_a_word_can_become(text: str, after: str, found: list[str]) -> None:
    assert completed(text, after) == found
