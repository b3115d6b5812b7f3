from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import Any

import pytest

from schemas.document import Document
from tests.transforms.events.choosy import Choosy
from transforms.events import batches
from transforms.events.batches import Failure, extract, extractor_task, is_full, read_batch
from transforms.events.extraction import Extraction
from transforms.isolation import Task


def documents(*texts: str) -> list[Document]:
    return [Document(doc_id=f"d{number}", text=text) for number, text in enumerate(texts)]


def shown(results: Sequence[Extraction | Failure]) -> list[str]:
    return [each.error if isinstance(each, Failure) else f"{each.document.doc_id} {each.document.text}" for each in results]


def choosy(*arguments: Any) -> Task:
    return Task("tests.transforms.events.choosy:reader", arguments)


def test_a_batch_is_read_in_order() -> None:
    assert shown(read_batch(Choosy(), documents("one", "two"))) == ["d0 one", "d1 two"]


@pytest.mark.parametrize("bad", [{0}, {5}, {1, 2}, set(range(6))])
def test_one_bad_document_loses_no_other(bad: set[int]) -> None:
    results = read_batch(Choosy(), documents(*("poison" if number in bad else "fine" for number in range(6))))
    for number, text in enumerate(shown(results)):
        assert text.startswith("ValueError: cannot read 'poison' (in extract, line " if number in bad else f"d{number} fine")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("crash", "it ended its process by the signal SIGSEGV"),
        ("spin", "it took longer than 1 seconds of processor time"),
        ("killed", "it ended its process by the signal SIGKILL"),
    ],
)
def test_what_crashes_or_hangs_native_code_costs_itself_alone(word: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_SECONDS", 1)
    assert shown(extract(choosy(), documents("one", word, "three"))) == ["d0 one", said, "d2 three"]
    assert shown(extract(choosy(), documents(word))) == [said]


def test_a_process_that_others_kill_once_loses_nothing(tmp_path: pathlib.Path) -> None:
    # Its batch is killed, and the first document alone as well.
    assert shown(extract(choosy(str(tmp_path / "kills"), 2), documents("one", "two"))) == ["d0 one", "d1 two"]


def test_a_process_that_is_killed_again_and_again_fails_the_run() -> None:
    with pytest.raises(RuntimeError, match="lack of memory"):
        extract(choosy(), documents("one", "killed", "killed", "killed"))


def test_a_model_that_is_not_installed_fails_the_run() -> None:
    from transforms.language.model import ModelNotFoundError

    with pytest.raises(ModelNotFoundError, match="no_such_model"):
        extract(extractor_task("no_such_model", gate=True), documents("one"))


def test_events_are_extracted() -> None:
    text = "Russian drones hit a power station in Odesa on Monday, killing two people."
    (found,) = extract(extractor_task("en_core_web_sm", gate=True), documents(text))
    assert isinstance(found, Extraction)
    assert [each.event_type for each in found.mentions] == ["strike"]


def test_a_batch_is_full_by_documents_or_by_characters() -> None:
    assert not is_full(1, 50_000)
    assert is_full(1, 5_000_000)
    assert is_full(1_000, 20_000)
