from __future__ import annotations

import json
import pathlib
import shutil

import pytest

from transforms.language import installed
from transforms.language.installed import DEFAULT_MODEL, ModelMissingError, installed_model
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


def test_a_model_whose_files_were_changed_is_not_loaded(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [folder] = [each for each in installed._folders(DEFAULT_MODEL) if (each / "meta.json").exists()]
    changed = shutil.copytree(folder, tmp_path / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(installed, "_folders", lambda _name: [changed])
    assert installed_model() == "en_core_web_sm 3.8.0"
    weights = next(changed.glob("*/parser/model"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    for load in (installed_model, load_model):
        with pytest.raises(ModelMissingError, match="are not those that were published; install it again"):
            load()
    (changed / "extra.py").write_text("")
    with pytest.raises(ModelMissingError, match="not those that were published"):
        installed_model()
