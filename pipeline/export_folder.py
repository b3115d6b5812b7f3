"""The folder of an export: files are written aside, take the place of those of the export before, and nothing else in the folder is touched.

`MANIFEST` names what an export has written. What it names and the next one does not write again is deleted; what it does not name is somebody else's.
"""

from __future__ import annotations

import contextlib
import json
import pathlib
import tempfile
from collections.abc import Iterator

from pipeline.errors import UsageError

MANIFEST = ".dateline-export.json"


@contextlib.contextmanager
def replaced_export(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """A folder to write an export into, whose files stand in `folder` when the block has ended without an error; until then the export before stays.

    Raises:
        UsageError: The export would write over a file, or into a folder with a file, that no export has written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = written_before(folder)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as aside:
        staging = pathlib.Path(aside)
        yield staging
        new = _files(staging)
        _refuse_strangers(folder, before, new)
        # Both are named while files are moved: an export that is broken off here leaves nothing that the next one does not know.
        _write_manifest(folder, before | new)
        for name in sorted(new):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).replace(folder / name)
        for name in before - new:
            _delete(folder, name)
        _write_manifest(folder, new)


def written_before(folder: pathlib.Path) -> frozenset[str]:
    """The files of the last export into a folder, as paths within it; none where there was no export.

    Raises:
        UsageError: The manifest is not one, or names files outside of the folder.
    """
    file = folder / MANIFEST
    if not file.exists():
        return frozenset()
    try:
        names = [str(each) for each in json.loads(file.read_text("utf-8"))["files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file} cannot be read as the list of what an export wrote ({error!r}); choose a new folder, or empty this one") from error
    for name in names:
        path = pathlib.PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise UsageError(f"{file} names {name!r}, which is not in its folder; choose a new folder, or empty this one")
    return frozenset(names)


def _refuse_strangers(folder: pathlib.Path, before: frozenset[str], new: frozenset[str]) -> None:
    in_the_way = {name for name in new - before if (folder / name).exists()}
    # A tool reads a folder of partitions whole, whoever has put a file there.
    for name in {name.partition("/")[0] for name in new if "/" in name}:
        if (folder / name).is_dir():
            in_the_way |= {f"{name}/{each}" for each in _files(folder / name)} - before
        elif (folder / name).exists():
            in_the_way.add(name)
    if in_the_way:
        others = f" and {len(in_the_way) - 1} more" if len(in_the_way) > 1 else ""
        raise UsageError(f"{folder / min(in_the_way)}{others} is in the way, and no export wrote it; choose another folder, or move it away")


def _files(folder: pathlib.Path) -> frozenset[str]:
    return frozenset(each.relative_to(folder).as_posix() for each in folder.rglob("*") if not each.is_dir())


def _write_manifest(folder: pathlib.Path, names: frozenset[str]) -> None:
    said = "Files that `dateline export` has written here; its next export replaces or deletes these, and no others."
    aside = folder / f"{MANIFEST}.new"
    aside.write_text(json.dumps({"about": said, "files": sorted(names)}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    aside.replace(folder / MANIFEST)


def _delete(folder: pathlib.Path, name: str) -> None:
    """Deletes a file, and the folders above it that are empty then."""
    (folder / name).unlink(missing_ok=True)
    for parent in list((folder / name).relative_to(folder).parents)[:-1]:
        with contextlib.suppress(OSError):  # it holds something else
            (folder / parent).rmdir()
