"""Which files an input names: a file, a folder, a glob; on a local disk here, elsewhere by a function that is handed in."""

from __future__ import annotations

import glob
import os
import pathlib
import re
import stat
from collections.abc import Callable, Iterator, Sequence

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_GLOB = re.compile(r"[*?\[]")


class NoMatchingInputError(Exception):
    """An input names no file that can be read; the message names the input."""


def is_remote(pattern: str) -> bool:
    """Whether an input is a URL of a file system other than the local disk."""
    return _SCHEME.match(pattern) is not None and not pattern.startswith("file://")


def matched(patterns: Sequence[str], list_remote: Callable[[str], list[tuple[str, int]]]) -> list[tuple[str, int]]:
    """The files that inputs name, each once, in order of the inputs and by name within each.

    Args:
        patterns: Files, folders (read recursively), globs, URLs.
        list_remote: The files and sizes that a pattern on a remote file system matches.

    Returns:
        Paths and sizes in bytes. A local file that exists is never taken for a glob. In folders and by globs hidden files and folders, those that begin with an
        underscore (what writers leave while they write) and links that lead out of the folder are left out.

    Raises:
        NoMatchingInputError: An input matches no file.
    """
    found: dict[str, tuple[str, int]] = {}
    for pattern in patterns:
        files = _remote(pattern, list_remote) if is_remote(pattern) else list(_local(pattern.removeprefix("file://")))
        if not files:
            raise NoMatchingInputError(_explained(pattern))
        for path, size in files:
            found.setdefault(canonical(path), (path, size))
    return list(found.values())


def canonical(path: str) -> str:
    """The one name of a file that is named in several ways: a local path absolute and without links, a URL as it is; text that every store can hold."""
    name = path if is_remote(path) else os.path.realpath(path.removeprefix("file://"))
    return name.encode("utf-8", "backslashreplace").decode()


def _explained(pattern: str) -> str:
    if not is_remote(pattern):
        path = pathlib.Path(pattern.removeprefix("file://"))
        if path.is_dir():
            return f"the folder {pattern!r} holds no file to read (hidden files and those that begin with an underscore are left out)"
        if path.exists():
            return f"{pattern!r} is no regular file"
    return f"no file matches {pattern!r}: a file, a folder, a glob or a URL of a Beam file system would be right"


def _remote(pattern: str, list_remote: Callable[[str], list[tuple[str, int]]]) -> list[tuple[str, int]]:
    files = list_remote(pattern)
    if not files and not _GLOB.search(pattern):
        pattern = pattern.rstrip("/") + "/**"
        files = list_remote(pattern)
    root = _GLOB.split(pattern, maxsplit=1)[0].rpartition("/")[0]
    return sorted((path, size) for path, size in files if not _left_out(path[len(root) :]) or path == pattern)


def _left_out(relative: str) -> bool:
    return any(part.startswith((".", "_")) for part in re.split(r"[/\\]", relative) if part not in ("", ".", ".."))


def _local(pattern: str) -> Iterator[tuple[str, int]]:
    if pathlib.Path(pattern).is_dir():
        yield from _folder(pattern)
    elif os.path.lexists(pattern):
        yield from _regular(pattern)
    elif _GLOB.search(pattern):
        root = os.path.dirname(_GLOB.split(pattern, maxsplit=1)[0])  # noqa: PTH120 (pathlib drops a leading `./`, by which the matches begin)
        for path in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 (pathlib's globs match no absolute patterns)
            if _left_out(path[len(root) :]) or not _within(path, root or "."):
                continue
            if pathlib.Path(path).is_dir():
                # `**` names the folders and their files alike; `*` names a folder alone.
                if "**" not in pattern:
                    yield from _folder(path)
            else:
                yield from _regular(path)


def _folder(folder: str) -> Iterator[tuple[str, int]]:
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(files):
            path = os.path.join(parent, name)  # noqa: PTH118 (the path as the user began it)
            if not name.startswith((".", "_")) and _within(path, folder):
                yield from _regular(path)


def _within(path: str, folder: str) -> bool:
    """Whether a path leads to a place in the folder, where it or a folder on the way is a link."""
    target = os.path.realpath(path)
    return os.path.commonpath([target, os.path.realpath(folder)]) == os.path.realpath(folder)


def _regular(path: str) -> Iterator[tuple[str, int]]:
    try:
        status = pathlib.Path(path).stat()
    except OSError:
        return  # a link to nothing, or a file that has vanished since it was listed
    if stat.S_ISREG(status.st_mode):
        yield path, status.st_size
