"""One run at a time into one store."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pathlib
from collections.abc import Iterator

from transforms.storage.errors import StoreBusyError
from transforms.storage.files import open_files
from transforms.storage.manifest import LOCK


@contextlib.contextmanager
def locked(store: str) -> Iterator[None]:
    """Keeps other runs out of a store on local disk for as long as the block lasts; the system lets go of it when the process ends, however it ends.

    On a bucket there is nothing to hold: there the commit itself lets one of two runs through (`Files.create_exclusively`).

    Raises:
        StoreBusyError: Another process holds the store.
        StorePathError: The path cannot be a store's.
        OSError: The folder cannot be made or written.
    """
    files = open_files(store)
    if not files.local:
        yield
        return
    folder = pathlib.Path(files.root)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusyError(f"another run is writing into {files.root}; wait until it has ended, then run the same command again") from None
        yield
    finally:
        os.close(handle)
