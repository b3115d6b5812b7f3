from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from transforms import isolation
from transforms.isolation import Companion, CompanionLostError, Task, borrowed, start_ahead

ECHO = Task("tests.transforms.companions:echo", ("you said ",))


def test_a_companion_answers_many_calls_in_another_process() -> None:
    with borrowed(ECHO) as companion:
        first, second = (companion.call(word, seconds=20) for word in ("one", "two"))
    assert first.startswith("you said one ")
    assert first.split()[-1] == second.split()[-1] != str(os.getpid())


def test_it_is_kept_for_the_next_one_who_asks() -> None:
    processes = set()
    for _ in range(2):
        with borrowed(ECHO) as companion:
            processes.add(companion.call("who", seconds=20).split()[-1])
    assert len(processes) == 1


def _companions() -> set[str]:
    """The companions of this process."""
    return {str(each.pid) for each in psutil.Process().children() if isolation.__name__ in each.cmdline()}


def test_it_can_be_started_before_anybody_asks() -> None:
    task, before = Task("tests.transforms.companions:echo", ("ahead ",)), _companions()
    for _ in range(2):
        start_ahead(task)
    started = _companions() - before
    with borrowed(task) as companion:
        assert {companion.call("who", seconds=20).split()[-1]} == started
    start_ahead(task)
    assert _companions() - before == started


def test_one_that_somebody_kills_before_it_is_asked_is_started_again() -> None:
    companion, before = Companion(ECHO), _companions()
    companion.start()
    (process,) = _companions() - before
    os.kill(int(process), signal.SIGKILL)
    assert companion.call("on", seconds=20).startswith("you said on ")
    companion.close()


def test_what_a_call_raises_is_raised() -> None:
    with borrowed(ECHO) as companion:
        with pytest.raises(ValueError, match=r"^cannot say fail$"):
            companion.call("fail", seconds=20)
        with pytest.raises(RuntimeError, match=r"^_OddError: 1 and 2$"):
            companion.call("odd", seconds=20)
        assert companion.call("on", seconds=20).startswith("you said on ")


@pytest.mark.parametrize(
    ("word", "said", "killed"),
    [
        ("crash", "it ended its process by the signal SIGSEGV", False),
        ("killed", "it ended its process by the signal SIGKILL", True),
        ("leave", "it ended its process with status 5", False),
        ("spin", "it took longer than 1 seconds of processor time", False),
        ("sleep", "it took longer than 1 seconds of processor time", False),
    ],
)
def test_a_companion_that_is_lost_is_started_again(word: str, said: str, killed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_WAITING", 2 if word == "sleep" else 30)
    with borrowed(ECHO) as companion:
        with pytest.raises(CompanionLostError, match=f"^{said}$") as lost:
            companion.call(word, seconds=1)
        assert lost.value.killed == killed
        assert companion.call("on", seconds=20).startswith("you said on ")


def test_what_a_factory_raises_is_raised_and_a_start_that_crashes_is_no_calls_fault() -> None:
    with pytest.raises(LookupError, match="nothing to start with"):
        Companion(Task("tests.transforms.companions:broken")).call("x", seconds=1)
    with pytest.raises(RuntimeError, match=r"tests\.transforms\.companions:absent cannot be started: it ended its process with status 4"):
        Companion(Task("tests.transforms.companions:absent")).call("x", seconds=1)


def test_threads_have_companions_of_their_own() -> None:
    processes: list[str] = []
    both = threading.Barrier(2)

    def ask() -> None:
        with borrowed(ECHO) as companion:
            both.wait(60)
            processes.append(companion.call("who", seconds=20).split()[-1])

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(processes)) == 2


@pytest.mark.parametrize("word", ["who", "sleep"])
def test_a_companion_ends_with_the_process_that_asked(word: str) -> None:
    code = (
        "from transforms.isolation import Companion, Task; companion = Companion(Task('tests.transforms.companions:echo', ('',))); "
        f"print(companion.call('x', seconds=9), flush=True); companion.call({word!r}, seconds=9); input()"
    )
    asking = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=pathlib.Path(__file__).parents[2])
    assert asking.stdout is not None
    companion = pathlib.Path("/proc", asking.stdout.readline().split()[-1])
    asking.kill()
    asking.communicate()
    deadline = time.monotonic() + 30
    while companion.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not companion.exists()
