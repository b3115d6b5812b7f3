from __future__ import annotations

import os
import subprocess
import sys
import time

from pipeline.environment import prepare
from pipeline.worker import LAUNCHER


def test_a_worker_ends_with_its_launcher() -> None:
    launcher = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    code = f"import os; from pipeline.worker import follow; follow(int(os.environ[{LAUNCHER!r}]))"
    worker = subprocess.Popen([sys.executable, "-c", code], env=os.environ | {LAUNCHER: str(launcher.pid)})
    time.sleep(0.3)
    assert worker.poll() is None
    launcher.communicate(b"\n")
    assert worker.wait(timeout=20) == 1


def test_workers_find_the_code_and_have_one_thread() -> None:
    code = "import os; from pipeline.environment import prepare; prepare(); print(os.environ['OMP_NUM_THREADS'], os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={key: value for key, value in os.environ.items() if "THREADS" not in key}
    )
    assert done.stdout.split() == ["1", "1"]


def test_what_the_user_has_set_stays() -> None:
    before = dict(os.environ)
    try:
        os.environ["OMP_NUM_THREADS"] = "3"
        prepare()
        assert os.environ["OMP_NUM_THREADS"] == "3"
    finally:
        os.environ.clear()
        os.environ.update(before)
