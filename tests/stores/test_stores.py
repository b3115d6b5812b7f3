"""Stores of every past version of the contract, as they were written: they are read, checked and continued.

`contract-1.tar.gz` holds a store of the first version whose tables had fewer columns than today's: a run over `seeds/documents`.
"""

from __future__ import annotations

import pathlib
import tarfile

import pytest

from pipeline.catalog import views
from pipeline.database import open_store
from pipeline.export import export
from pipeline.verify import verify
from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.storage.manifest import CONTRACT_VERSION

FOLDER = pathlib.Path(__file__).parent
COUNTS = {"documents": 22, "events": 162, "incidents": 122, "event_actors": 335, "meetings": 77, "strikes": 56, "aid_decisions": 29, "rejects": 0, "runs": 1}


@pytest.fixture
def old(tmp_path: pathlib.Path) -> pathlib.Path:
    with tarfile.open(FOLDER / "contract-1.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "contract-1"


def test_there_is_a_store_of_every_version() -> None:
    assert {path.name for path in FOLDER.glob("*.tar.gz")} == {f"contract-{version}.tar.gz" for version in range(1, CONTRACT_VERSION + 1)}


def test_an_old_store_is_read_and_checked(old: pathlib.Path, tmp_path: pathlib.Path) -> None:
    assert verify(str(old)).faults == ()
    with open_store(str(old)) as connection:
        found = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in views()}
    assert {name: found[name] for name in COUNTS} == {name: (count,) for name, count in COUNTS.items()}
    assert export(str(old), str(tmp_path / "flat")).rows["fact_mention"] == COUNTS["events"]


def test_an_old_store_is_continued(old: pathlib.Path) -> None:
    source = document("new", text="Drones hit Odesa.")
    run = store(old, "r2", [extraction(source, mention(source, 0, trigger="hit", trigger_start=7, trigger_end=10))])
    assert (run.added, run.replaced) == (1, 0)
    assert verify(str(old)).faults == ()
    with open_store(str(old)) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT source) > 1 FROM documents").fetchone() == (23, True)
