from __future__ import annotations

import json
import pathlib

import pytest

from transforms.language.installed import ModelMissingError, installed_model
from transforms.language.model import load_model, model_name


def test_the_name_is_that_of_the_loaded_model() -> None:
    assert installed_model() == model_name(load_model())


def test_a_saved_pipeline_is_found_by_its_path(tmp_path: pathlib.Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"name": "own", "lang": "en", "version": "1.2", "pipeline": ["tok2vec", "parser"]}))
    assert installed_model(str(tmp_path)) == "en_own 1.2"


@pytest.mark.parametrize("content", [None, "no JSON", "{}", json.dumps({"name": "own", "lang": "en", "version": "1", "pipeline": ["tagger"]})])
def test_a_folder_that_is_no_parser_is_told(content: str | None, tmp_path: pathlib.Path) -> None:
    if content is not None:
        (tmp_path / "meta.json").write_text(content)
    with pytest.raises(ModelMissingError):
        installed_model(str(tmp_path))


@pytest.mark.parametrize("name", ["xx_no_such", "a.b", "", "../x"])
def test_an_unknown_name_says_what_would_install_it(name: str) -> None:
    with pytest.raises(ModelMissingError, match="python -m spacy download"):
        installed_model(name)
