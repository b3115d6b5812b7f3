from __future__ import annotations

import pathlib

import pytest

from pipeline.errors import UsageError
from pipeline.evaluation.annotation import annotated, read_gold
from pipeline.training.examples import Verdict, fold_of, from_gold, from_sentences, from_verdicts, read_documents, read_sentences, read_verdicts, signature
from transforms.events.extractor import Extractor

HERE = pathlib.Path(__file__).parent
JUDGED = HERE.parents[1] / "gold" / "judged"
STRUCK = "Russian missiles struck a power plant in Kharkiv, Ukraine, on Monday."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(judged=False)


def table(path: pathlib.Path, head: str, *rows: str) -> pathlib.Path:
    path.write_text("".join(f"{row}\n" for row in (head, *rows)), "utf-8")
    return path


def sentences(folder: pathlib.Path, *rows: str) -> pathlib.Path:
    return table(folder / "sentences.tsv", "id\tsection\tpublished\tevents\tsentence", *rows)


def verdicts(folder: pathlib.Path, *rows: str) -> pathlib.Path:
    return table(folder / "verdicts.tsv", "doc_id\ttype\tstart\ttrigger\tverdict\tstatus\tactors", *rows)


def test_a_document_stays_in_its_fold() -> None:
    assert [fold_of(each) for each in ("a", "b", "c", "d")] == [fold_of(each) for each in ("a", "b", "c", "d")]
    assert {fold_of(str(number)) for number in range(100)} == {0, 1, 2, 3, 4}


def test_a_written_sentence_with_its_event_is_an_example_of_one(tmp_path: pathlib.Path, extractor: Extractor) -> None:
    read = read_sentences(sentences(tmp_path, f"s1\tworld\t2024-05-14\tstrike/struck/occurred\t{STRUCK}", f"s2\tworld\t\t-\t{STRUCK}"))
    first, second = from_sentences(extractor, read, {})
    assert (first.mention, first.right, first.natural) == (True, None, False)
    assert (second.mention, second.right) == (False, False)


def test_a_status_that_differs_is_not_right(tmp_path: pathlib.Path, extractor: Extractor) -> None:
    (example,) = from_sentences(extractor, read_sentences(sentences(tmp_path, f"s1\tworld\t\tstrike/struck/planned\t{STRUCK}")), {})
    assert (example.mention, example.right) == (True, False)


@pytest.mark.parametrize("events", ["strike/hit/occurred", "raid/struck/occurred", "strike/struck/done", "strike"])
def test_an_event_that_the_sentence_does_not_hold_is_refused(tmp_path: pathlib.Path, events: str) -> None:
    with pytest.raises(UsageError, match="line 2"):
        read_sentences(sentences(tmp_path, f"s1\tworld\t\t{events}\t{STRUCK}"))


def test_a_verdict_holds_as_long_as_the_rules_say_the_same(tmp_path: pathlib.Path, extractor: Extractor) -> None:
    documents = [each.document for each in read_sentences(sentences(tmp_path, f"s1\tworld\t\t-\t{STRUCK}"))]
    start = STRUCK.index("struck")

    def right(verdict: str, status: str, actors: str) -> tuple[bool, bool | None]:
        (example,) = from_verdicts(extractor, documents, {"s1": [Verdict("strike", start, verdict, status, actors)]})
        return example.mention, example.right

    assert right("right", "occurred", "attacker:RUS; target:UKR") == (True, True)
    assert right("right", "planned", "attacker:RUS; target:UKR") == (True, False)
    assert right("wrong", "occurred", "attacker:RUS; target:UKR") == (True, False)
    assert right("wrong", "occurred", "target:UKR") == (True, None)
    assert right("none", "occurred", "target:UKR") == (False, False)


def test_a_verdict_on_another_word_of_the_sentence_holds_for_its_only_mention(tmp_path: pathlib.Path, extractor: Extractor) -> None:
    documents = [each.document for each in read_sentences(sentences(tmp_path, f"s1\tworld\t\t-\t{STRUCK}"))]
    assert len(list(from_verdicts(extractor, documents, {"s1": [Verdict("strike", 0, "none", "occurred", "")]}))) == 1
    assert not list(from_verdicts(extractor, documents, {"s1": [Verdict("meeting", 0, "none", "occurred", "")]}))


def test_annotation_makes_examples(extractor: Extractor) -> None:
    gold = read_gold([str(HERE.parents[1] / "gold" / "strikes.jsonl")])[:4]
    found = list(from_gold(extractor, gold))
    assert [document.doc_id for document, _, _ in found] == [each.doc_id for each in gold]
    assert all(len(weighed) == len(examples) for _, weighed, examples in found)
    assert any(example.right for _, _, examples in found for example in examples)


def test_a_signature_names_roles_in_order(extractor: Extractor, tmp_path: pathlib.Path) -> None:
    (read,) = read_sentences(sentences(tmp_path, f"s1\tworld\t\t-\t{STRUCK}"))
    ((_, ((mention, _),)),) = extractor.weighed([read.document])
    assert signature(annotated(mention)) == "attacker:RUS; target:UKR"


def test_documents_of_a_corpus_are_found_by_id(tmp_path: pathlib.Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"doc_id": "a", "text": "Keir Starmer met Emmanuel Macron in Paris."}\n{"doc_id": "b", "text": "Nothing happened today."}\n', "utf-8")
    assert [each.doc_id for each in read_documents([str(corpus)], {"a"})] == ["a"]
    with pytest.raises(UsageError, match="cannot be read"):
        list(read_documents([str(tmp_path / "none.jsonl")], {"a"}))


def test_the_tables_of_the_repository_can_be_read() -> None:
    assert len({each.document.doc_id for each in read_sentences(JUDGED / "sentences.tsv")}) == len(read_sentences(JUDGED / "sentences.tsv"))
    assert sum(map(len, read_verdicts(JUDGED / "verdicts.tsv").values())) > 0


@pytest.mark.parametrize("row", ["d\tstrike\tx\tstruck\tright\toccurred\t", "d\traid\t1\tstruck\tright\toccurred\t", "d\tstrike\t1\tstruck\tgood\toccurred\t"])
def test_a_row_that_is_no_verdict_is_named(tmp_path: pathlib.Path, row: str) -> None:
    with pytest.raises(UsageError, match="line 2"):
        read_verdicts(verdicts(tmp_path, row))


def test_a_table_with_other_columns_is_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match="would be right"):
        read_verdicts(table(tmp_path / "verdicts.tsv", "doc\tverdict"))
