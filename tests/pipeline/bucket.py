"""A bucket in memory, `bucket://…`, as strict as real ones: an object appears whole when it is closed, there are no folders, and nothing can be renamed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from apache_beam.io.filesystem import BeamIOError, FileMetadata, FileSystem

OBJECTS: dict[str, bytes] = {}
"""URL -> content."""


class _Object(io.BytesIO):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def close(self) -> None:
        if not self.closed:
            OBJECTS[self._url] = self.getvalue()
        super().close()


class BucketFileSystem(FileSystem):
    """Beam finds file systems by their subclasses, so the real dispatch is what is tested."""

    @classmethod
    def scheme(cls) -> str:
        return "bucket"

    def join(self, basepath: str, *paths: str) -> str:
        return "/".join([basepath.rstrip("/"), *paths])

    def split(self, path: str) -> tuple[str, str]:
        head, _, tail = path.rpartition("/")
        return head, tail

    def mkdirs(self, path: str) -> None:
        raise OSError(f"a bucket has no folders: {path}")

    def has_dirs(self) -> bool:
        return False

    def _list(self, dir_or_prefix: str) -> Iterator[FileMetadata]:
        for url, content in sorted(OBJECTS.items()):
            if url.startswith(dir_or_prefix):
                yield FileMetadata(url, len(content), 1.0)

    def create(self, path: str, *_: Any, **__: Any) -> io.BytesIO:
        return _Object(path)

    def open(self, path: str, *_: Any, **__: Any) -> io.BytesIO:
        if path not in OBJECTS:
            raise BeamIOError("no such object", {path: None})
        return io.BytesIO(OBJECTS[path])

    def copy(self, source_file_names: list[str], destination_file_names: list[str]) -> None:
        raise BeamIOError("this bucket does not copy", dict.fromkeys(zip(source_file_names, destination_file_names, strict=True)))

    def rename(self, source_file_names: list[str], destination_file_names: list[str]) -> None:
        raise BeamIOError("this bucket does not rename", dict.fromkeys(zip(source_file_names, destination_file_names, strict=True)))

    def exists(self, path: str) -> bool:
        return path in OBJECTS

    def size(self, path: str) -> int:
        return len(OBJECTS[path])

    def last_updated(self, path: str) -> float:
        return 1.0 if path in OBJECTS else 0.0

    def checksum(self, path: str) -> str:
        return str(hash(OBJECTS[path]))

    def metadata(self, path: str) -> FileMetadata:
        return FileMetadata(path, len(OBJECTS[path]), 1.0)

    def delete(self, paths: list[str]) -> None:
        for path in paths:
            for url in [each for each in OBJECTS if each == path or (path.endswith("/") and each.startswith(path))]:
                del OBJECTS[url]
