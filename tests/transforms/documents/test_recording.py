from __future__ import annotations

from typing import Any

import pytest
from apache_beam.pvalue import TaggedOutput

from schemas.document import Document
from transforms.documents import recording
from transforms.documents.assemble import Rules
from transforms.documents.recording import REJECTS, Recording
from transforms.documents.records import RawRecord
from transforms.documents.transform import ReadDocuments


def test_a_record_that_breaks_a_library_is_rejected_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    made = recording.make_document

    def breaking(raw: RawRecord, *others: Any) -> Any:
        if raw.values["text"] == "odd":
            raise AssertionError("too many bodies")
        return made(raw, *others)

    monkeypatch.setattr(recording, "make_document", breaking)
    doing = Recording(ReadDocuments, "r1", recording.now)
    broken, whole = (doing.result(RawRecord(f"line {text}", {"text": text, "language": "en"}), "a.jsonl", Rules(), again=False) for text in ("odd", "Good."))
    assert isinstance(whole, Document)
    assert isinstance(broken, TaggedOutput)
    assert (broken.tag, broken.value.record, broken.value.kind, broken.value.stage) == (REJECTS, "line odd", "failed", "read")
    assert "AssertionError: too many bodies" in broken.value.error
