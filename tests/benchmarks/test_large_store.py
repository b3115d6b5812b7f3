from __future__ import annotations

import pathlib

import pytest

from pipeline.catalog import identifier, views
from pipeline.database import open_store
from pipeline.verify import verify
from tests.benchmarks.clustering import publish_staged, stage
from tests.benchmarks.large_store import build
from tests.benchmarks.views import DAYS, by_hand, digest


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(tmp_path_factory.mktemp("large"), 1_500, months=2)


def test_a_large_store_is_a_store_as_runs_make_them(store: str) -> None:
    # Sentences are drawn and stand in no text.
    assert all(fault.check.startswith("offsets of ") for fault in verify(store).faults)
    with open_store(store) as connection:
        assert connection.execute("SELECT count(*) > 100, count(DISTINCT event_type), sum(mentions) > count(*) FROM incidents").fetchone() == (True, 3, True)


def test_queries_by_hand_give_the_rows_of_the_views(store: str) -> None:
    assert by_hand().keys() <= views().keys()
    assert DAYS.keys() <= views().keys()
    with open_store(store) as connection:
        for name, query in by_hand().items():
            # Where a view gives a set as a list, its order is the view's own.
            sets = " REPLACE (list_sort(statuses) AS statuses, list_sort(decisions) AS decisions)" if name == "timeline" else ""
            own = digest(connection, f"SELECT *{sets} FROM {identifier(name)}")
            assert (name, *digest(connection, query)) == (name, *own)
            assert own[0] > 0


def test_staged_mentions_are_published(tmp_path: pathlib.Path) -> None:
    mentions = stage(tmp_path / "store", 600, months=2)
    assert mentions > 100
    publish_staged(tmp_path / "store")
    with open_store(str(tmp_path / "store")) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (mentions,)
