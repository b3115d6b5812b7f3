from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.launcher import Launcher
from tests.pipeline.conftest import news_store

__all__ = ["news_store"]


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    started = Launcher(tmp_path_factory.mktemp("launcher") / "log")
    yield started
    started.close()
