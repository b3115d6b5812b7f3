from __future__ import annotations

import pathlib

import pytest

from pipeline.database import checked, open_store
from pipeline.errors import UsageError
from pipeline.examples import example, examples


@pytest.mark.parametrize("name", examples())
def test_an_example_runs_and_says_what_it_answers(name: str, news_store: pathlib.Path) -> None:
    chosen = example(name)
    assert chosen.meaning.endswith(".")
    with open_store(str(news_store)) as connection:
        assert connection.execute(checked(chosen.sql)).description


@pytest.mark.parametrize(("wrong", "said"), [("aid-by-donr", "did you mean aid-by-donor?"), ("zz", "there are aid-by-donor, ")])
def test_an_unknown_name_is_told_the_nearest(wrong: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        example(wrong)
