"""The files of a store by their paths within it, on local disk or on any file system that Beam knows.

Everything that the store does with files goes through the few methods of `Files`, so that publishing is the same code on a laptop and on a bucket.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from typing import IO, Protocol

from transforms.storage.errors import StorePathError

_URL = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://")


class Files(Protocol):
    """A store's folder. Paths are relative to it, with `/`."""

    root: str
    local: bool

    def absolute(self, path: str) -> str:
        """The path or URL by which other programs read the file."""

    def open(self, path: str) -> IO[bytes]:
        """Opens a file for reading, with seek.

        Raises:
            FileNotFoundError: There is none.
        """

    def create(self, path: str, *, lasting: bool = True) -> contextlib.AbstractContextManager[IO[bytes]]:
        """A new file to write, its folders made; on leaving the block without an error it is on disk.

        Args:
            path: The file.
            lasting: It has to outlive a machine that loses its power; what a run writes for itself alone need not.
        """

    def create_exclusively(self, path: str, data: bytes, owner: str) -> bool:
        """Makes a file whole, or not at all if it is there already; says whether it was made. Of several that try at once at most one succeeds."""

    def move(self, source: str, target: str) -> None:
        """Renames a file; the target's folders are made."""

    def exists(self, path: str) -> bool:
        """Whether there is such a file or folder."""

    def names(self, folder: str) -> list[str]:
        """Names in a folder, sorted; none where there is no such folder. NotADirectoryError if the store itself is a file."""

    def delete(self, paths: Iterable[str]) -> None:
        """Deletes files; those that are gone already are no error."""

    def delete_folder(self, folder: str) -> None:
        """Deletes a folder and all that is in it, if it is there."""


def open_files(store: str) -> Files:
    """The files of the store at a path or Beam file system URL.

    Raises:
        StorePathError: The path has `*` or `?` in it, or is empty.
    """
    if not store:
        raise StorePathError("the store's path is empty; give --store DIR")
    if "*" in store or "?" in store:
        raise StorePathError(f"the store's path {store!r} holds * or ?, which file systems and DuckDB read as a pattern; use a path without them")
    if _URL.match(store):
        from transforms.storage.beam_files import BeamFiles  # asking SQL of a local store must not load Beam

        return BeamFiles(store)
    return LocalFiles(store)


class LocalFiles:
    """A store on a local disk."""

    local = True

    def __init__(self, store: str) -> None:
        self.root = str(pathlib.Path(store).expanduser().resolve())

    def _path(self, path: str) -> pathlib.Path:
        return pathlib.Path(self.root, *path.split("/"))

    def absolute(self, path: str) -> str:
        """As `Files.absolute`."""
        return str(self._path(path))

    def open(self, path: str) -> IO[bytes]:
        """As `Files.open`."""
        return self._path(path).open("rb")

    @contextlib.contextmanager
    def create(self, path: str, *, lasting: bool = True) -> Iterator[IO[bytes]]:
        """As `Files.create`."""
        target = self._path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            yield out
            if lasting:
                out.flush()
                os.fsync(out.fileno())

    def create_exclusively(self, path: str, data: bytes, owner: str) -> bool:
        """As `Files.create_exclusively`."""
        target = self._path(path)
        if target.exists():
            return False
        aside = f"{path}.{owner}.{secrets.token_hex(4)}.tmp"
        with self.create(aside) as out:
            out.write(data)
        try:
            # A link appears whole and fails where the name is taken: the one step that commits.
            os.link(self._path(aside), target)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
                raise
            # No hard links here (exFAT, some network shares): the store's lock keeps other runs out, and a rename is still whole or nothing.
            self._path(aside).rename(target)
        finally:
            self._path(aside).unlink(missing_ok=True)
        self._sync_folder(target.parent)
        return True

    @staticmethod
    def _sync_folder(folder: pathlib.Path) -> None:
        with contextlib.suppress(OSError):  # not every system lets a folder be opened
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def move(self, source: str, target: str) -> None:
        """As `Files.move`."""
        goal = self._path(target)
        goal.parent.mkdir(parents=True, exist_ok=True)
        self._path(source).rename(goal)
        self._sync_folder(goal.parent)

    def exists(self, path: str) -> bool:
        """As `Files.exists`."""
        return self._path(path).exists()

    def names(self, folder: str) -> list[str]:
        """As `Files.names`."""
        try:
            return sorted(entry.name for entry in self._path(folder).iterdir())
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            if not folder:
                raise
            return []

    def delete(self, paths: Iterable[str]) -> None:
        """As `Files.delete`."""
        for path in paths:
            self._path(path).unlink(missing_ok=True)

    def delete_folder(self, folder: str) -> None:
        """As `Files.delete_folder`."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self._path(folder))
