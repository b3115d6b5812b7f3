"""A store on a file system that Beam knows, such as Google Cloud Storage, S3 or HDFS.

Beam's file systems cannot create a file on condition that there is none, so a commit is claimed first: a run writes its claim, then lists all claims for that
version. Buckets list what was written before (GCS and S3 are consistent), so of two runs at least one sees the other's claim, and whoever sees one gives way;
if both do, neither commits and both may try again. A claim left by a run that was killed is overlooked after an hour.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from apache_beam.io.filesystem import BeamIOError, CompressionTypes
from apache_beam.io.filesystems import FileSystems

_CLAIM_SECONDS = 3600
# Beam's class is untyped.
_SYSTEMS: Any = FileSystems


class BeamFiles:
    """A store at a Beam file system URL."""

    local = False

    def __init__(self, store: str) -> None:
        self.root = store.rstrip("/")

    def absolute(self, path: str) -> str:
        """As `Files.absolute`."""
        return f"{self.root}/{path}"

    def open(self, path: str) -> IO[bytes]:
        """As `Files.open`."""
        url = self.absolute(path)
        if not _SYSTEMS.exists(url):
            raise FileNotFoundError(url)
        return cast("IO[bytes]", _SYSTEMS.open(url, "application/octet-stream", CompressionTypes.UNCOMPRESSED))

    @contextlib.contextmanager
    def create(self, path: str, *, lasting: bool = True) -> Iterator[IO[bytes]]:  # noqa: ARG002 - what a bucket has taken lasts
        """As `Files.create`."""
        url = self.absolute(path)
        self._make_folder(url)
        out = _SYSTEMS.create(url, "application/octet-stream", CompressionTypes.UNCOMPRESSED)
        try:
            yield out
        finally:
            out.close()

    @staticmethod
    def _make_folder(url: str) -> None:
        with contextlib.suppress(OSError):  # it is there, or this file system has no folders
            _SYSTEMS.mkdirs(url.rsplit("/", 1)[0])

    def create_exclusively(self, path: str, data: bytes, owner: str) -> bool:
        """As `Files.create_exclusively`."""
        folder, name = path.rsplit("/", 1)
        if self.exists(path):
            return False
        claim = f"{folder}/{name}.claim-{owner}"
        with self.create(claim) as out:
            out.write(str(time.time()).encode())
        try:
            if self._claimed_by_others(folder, name, claim) or self.exists(path):
                return False
            with self.create(path) as out:
                out.write(data)
            return True
        finally:
            self.delete([claim])

    def _claimed_by_others(self, folder: str, name: str, own: str) -> bool:
        for other in self.names(folder):
            if other.startswith(f"{name}.claim-") and f"{folder}/{other}" != own:
                with contextlib.suppress(FileNotFoundError, ValueError), self.open(f"{folder}/{other}") as claim:
                    if time.time() - float(claim.read()) < _CLAIM_SECONDS:
                        return True
        return False

    def move(self, source: str, target: str) -> None:
        """As `Files.move`."""
        self._make_folder(self.absolute(target))
        try:
            _SYSTEMS.rename([self.absolute(source)], [self.absolute(target)])
        except BeamIOError:
            if not self.exists(source):
                raise
            # Not every file system can rename. Nothing names the target before the commit, so it need not appear whole.
            with self.open(source) as content, self.create(target) as copy:
                shutil.copyfileobj(content, copy)
            self.delete([source])

    def exists(self, path: str) -> bool:
        """As `Files.exists`."""
        return bool(_SYSTEMS.exists(self.absolute(path)))

    def names(self, folder: str) -> list[str]:
        """As `Files.names`."""
        prefix = f"{self.absolute(folder)}/"
        found = _SYSTEMS.match([f"{prefix}*"])[0].metadata_list
        return sorted({each.path.removeprefix(prefix).split("/", 1)[0] for each in found})

    def delete(self, paths: Iterable[str]) -> None:
        """As `Files.delete`."""
        present = [self.absolute(path) for path in paths if self.exists(path)]
        if present:
            _SYSTEMS.delete(present)

    def delete_folder(self, folder: str) -> None:
        """As `Files.delete_folder`."""
        url = f"{self.absolute(folder)}/"
        with contextlib.suppress(OSError):
            _SYSTEMS.delete([url])
