"""The closed lists of words: each is read by some rule, and what is not there is an error."""

from __future__ import annotations

import importlib.resources
import pathlib
import re
import tomllib

import pytest

from transforms.language.words import word_set, word_sets

LISTS = tomllib.loads(importlib.resources.files("seeds").joinpath("words.toml").read_text("utf-8"))
SOURCES = {path: path.read_text("utf-8").replace("'", '"') for path in (pathlib.Path(__file__).parents[3] / "transforms").rglob("*.py")}


def test_a_list_is_as_written() -> None:
    assert word_set("parties", "teams") == {"delegation", "mission", "team"}
    assert word_sets("territories")["FIN"] == {"ALA"}


@pytest.mark.parametrize(("section", "name"), [("parties", "no such list"), ("no such section", "teams")])
def test_an_unknown_list_is_an_error(section: str, name: str) -> None:
    with pytest.raises(KeyError):
        word_set(section, name)


@pytest.mark.parametrize("section", LISTS)
def test_every_list_is_read(section: str) -> None:
    readers = [text for text in SOURCES.values() if f'"{section}"' in text]
    if any(re.search(rf'word_sets?\("{section}"(?:, [a-z_]+)?\)', text) for text in readers):
        return  # by names that are worked out
    assert [name for name in LISTS[section] if not any(f'"{name}"' in text for text in readers)] == []


@pytest.mark.parametrize("section", LISTS)
def test_no_list_names_a_word_twice(section: str) -> None:
    assert {name: words for name, words in LISTS[section].items() if len(set(words)) < len(words)} == {}
