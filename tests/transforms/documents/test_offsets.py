from hypothesis import given
from hypothesis import strategies as st

from transforms.documents.offsets import Span, covers, resume, spans_of, topic_url

NEWS = topic_url("localhost:9092", "news")


def span(start: int, stop: int, partition: int = 0) -> Span:
    return Span(NEWS, partition, start, stop)


@given(st.integers(0, 99), st.integers(0, 2**62), st.integers(0, 2**62))
def test_a_name_gives_its_span_back(partition: int, start: int, stop: int) -> None:
    assert spans_of([str(Span(NEWS, partition, start, stop))], NEWS) == [Span(NEWS, partition, start, stop)]


def test_names_of_files_and_other_topics_are_none() -> None:
    others = ["/news/0/1-2", "gs://bucket/0/1-2", str(Span(topic_url("localhost:9092", "newsletter"), 0, 1, 2)), f"{NEWS}/old", f"{NEWS}/more/0/1-2"]
    assert spans_of([*others, str(span(3, 5)), str(span(0, 3))], NEWS) == [span(0, 3), span(3, 5)]


def test_reading_begins_where_the_broker_does() -> None:
    assert resume([], 0, 17, 20) == 17


def test_reading_goes_on_behind_what_was_read() -> None:
    assert resume([span(0, 10), span(10, 15)], 0, 0, 20) == 15


def test_reading_goes_on_at_the_first_gap() -> None:
    assert resume([span(0, 10), span(15, 20)], 0, 0, 20) == 10
    assert covers([span(0, 10), span(15, 20)], 0, 15)
    assert not covers([span(0, 10), span(15, 20)], 0, 10)


def test_what_the_broker_has_deleted_is_no_gap() -> None:
    assert resume([span(0, 10), span(10, 15)], 0, 12, 20) == 15
    assert resume([span(0, 10)], 0, 12, 20) == 12


def test_partitions_do_not_mix() -> None:
    assert resume([span(0, 10, partition=1)], 0, 0, 20) == 0
    assert not covers([span(0, 10, partition=1)], 0, 5)


def test_a_topic_that_was_made_anew_is_read_from_its_beginning() -> None:
    assert resume([span(0, 500)], 0, 0, 3) == 0


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=8))
def test_everything_before_the_place_to_go_on_was_read(pairs: list[tuple[int, int]]) -> None:
    read = sorted(span(min(pair), max(pair)) for pair in pairs)
    position = resume(read, 0, 0, 100)
    assert all(covers(read, 0, offset) for offset in range(position))
    assert not covers(read, 0, position)
