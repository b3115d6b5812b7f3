"""Lets DuckDB read what Beam can read: a store on a bucket is asked with the credentials that the run has used, and without an extension of DuckDB."""

from __future__ import annotations

import datetime
from typing import Any

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems
from fsspec import AbstractFileSystem

# Beam's class is untyped.
_SYSTEMS: Any = FileSystems


class BeamFileSystem(AbstractFileSystem):
    """A Beam file system as one of fsspec, for `duckdb.register_filesystem`; for reading files whose URLs are known.

    Args:
        scheme: `gs`, `s3`, …
    """

    cachable = False

    def __init__(self, scheme: str) -> None:
        super().__init__()
        self.protocol = scheme

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path

    def _url(self, path: str) -> str:
        return path if "://" in path else f"{self.protocol}://{path}"

    def _open(self, path: str, *_: Any, **__: Any) -> Any:
        return _SYSTEMS.open(self._url(path), "application/octet-stream", CompressionTypes.UNCOMPRESSED)

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Size and kind of a file.

        Raises:
            FileNotFoundError: There is none.
        """
        found = _SYSTEMS.match([self._url(path)])[0].metadata_list
        if not found:
            raise FileNotFoundError(path)
        return {"name": path, "size": found[0].size_in_bytes, "type": "file"}

    def glob(self, path: str, **_: Any) -> list[str]:
        """The file itself: views name files and no patterns."""
        return [path] if self.exists(path) else []

    def modified(self, path: str) -> Any:  # noqa: ARG002 - fsspec's signature
        """When a file was changed: never, as those of a store do not."""
        return datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
