from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from transforms.storage.errors import StoreBusyError
from transforms.storage.lock import locked


def test_a_second_run_is_refused_and_the_lock_ends_with_its_process(tmp_path: pathlib.Path) -> None:
    store = str(tmp_path / "store")
    program = f"import time\nfrom transforms.storage.lock import locked\nwith locked({store!r}):\n    print('held', flush=True)\n    time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError, match="another run is writing"), locked(store):
            pass
        other.kill()
        other.wait()
    with locked(store):
        assert (tmp_path / "store" / "lock").exists()


def test_the_lock_can_be_taken_again(tmp_path: pathlib.Path) -> None:
    for _ in range(2):
        with locked(str(tmp_path)):
            pass
