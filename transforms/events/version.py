"""What made a mention: the version of dateline and a fingerprint of its seeds."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.resources

# Sample articles are input and no knowledge: they do not change what is extracted.
_KNOWLEDGE = ("actors", "frames", "judge", "places")


@functools.cache
def version() -> str:
    """`0.1.0+seeds.1a2b3c4d`: the installed version and a digest of all reference data."""
    try:
        installed = importlib.metadata.version("dateline")
    except importlib.metadata.PackageNotFoundError:
        installed = "0"
    return f"{installed}+seeds.{seeds_digest()}"


@functools.cache
def seeds_digest() -> str:
    """A digest of the names and contents of the reference data."""
    root = importlib.resources.files("seeds")
    digest = hashlib.blake2b(digest_size=4)
    folders = [root, *(root.joinpath(name) for name in _KNOWLEDGE)]
    for folder in folders:
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.is_file() and file.name.rpartition(".")[2] in ("tsv", "toml", "txt"):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
