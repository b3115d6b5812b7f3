"""Work in a process of its own: what crashes or hangs native code costs one call there, and not the process that asked.

A companion is started once and kept for many calls; values go through a pipe as pickles. The time that a call may take is a limit of the operating system on
the companion's processor time, so that a busy machine makes nothing fail, and that an endless loop ends even where the process that asked is gone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import itertools
import multiprocessing
import os
import pathlib
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

_START_SECONDS = 600.0
# A call that waits without using the processor is given up after this many times its processor time.
_WAITING = 10
_FOLLOW_SECONDS = 0.5
_END_SECONDS = 30.0
# So many more objects than before are made until garbage is looked for: a call makes many that all live to its end.
_GARBAGE = 20_000


class CompanionLostError(Exception):
    """The companion has ended in the middle of a call, or was ended because the call took too long.

    Attributes:
        killed: Somebody else has ended it (`SIGKILL`), often for lack of memory: what it was asked for need not be the cause.
    """

    def __init__(self, message: str, *, killed: bool = False) -> None:
        super().__init__(message)
        self.killed = killed


class Task(NamedTuple):
    """What a companion is for: `module:name` of a function that is called once with the arguments, and gives the function that answers calls."""

    factory: str
    arguments: tuple[Any, ...] = ()


class Companion:
    """A process that answers calls, one at a time; started with the first call unless it was before, and again with the next one after it was lost.

    Args:
        task: What it is for.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._started = False

    def call(self, *arguments: object, seconds: float) -> Any:
        """Asks the companion.

        Args:
            arguments: Those of the function that the task's factory has given; they must pickle, and so must what it returns or raises.
            seconds: The processor time that it may take.

        Raises:
            CompanionLostError: It has crashed, or took longer.
            Exception: What the function, or the factory before it, has raised.
        """
        connection = self._ready()
        limit = f"{seconds:.0f} seconds of processor time"
        try:
            connection.send_bytes(pickle.dumps((seconds, arguments), pickle.HIGHEST_PROTOCOL))
        except OSError:
            raise self._lost(limit) from None
        return self._answered(connection, limit, seconds * _WAITING)

    def start(self) -> None:
        """Starts the companion where it is not, and does not wait until it is ready."""
        self._connected()

    def _connected(self) -> Connection:
        if self._connection is not None:
            return self._connection
        self.close()
        ours, theirs = multiprocessing.Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this module, by the same interpreter
                [sys.executable, "-m", __name__, str(theirs.fileno()), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(each or str(pathlib.Path.cwd()) for each in sys.path)},
            )
        self._connection = ours
        with contextlib.suppress(OSError):  # it has ended already, which the one who waits for its answer is told
            ours.send_bytes(pickle.dumps(self._task, pickle.HIGHEST_PROTOCOL))
        return ours

    def close(self) -> None:
        """Ends the companion."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._connection = None
        self._started = False

    def _ready(self) -> Connection:
        """The way to the companion, when it can be asked."""
        # No call has been made yet: it is no call's fault.
        try:
            return self._awaited()
        except CompanionLostError as error:
            problem = error
        if problem.killed:
            with contextlib.suppress(CompanionLostError):
                return self._awaited()
        raise RuntimeError(f"the process for {self._task.factory} cannot be started: {problem}")

    def _awaited(self) -> Connection:
        connection = self._connected()
        if not self._started:
            try:
                self._answered(connection, f"{_START_SECONDS:.0f} seconds to start", _START_SECONDS)
            except BaseException:
                self.close()
                raise
            self._started = True
        return connection

    def _answered(self, connection: Connection, limit: str, seconds: float) -> Any:
        try:
            if not connection.poll(seconds):
                self.close()
                raise CompanionLostError(f"it took longer than {limit}")
            raised, value = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own process
        except (EOFError, OSError):
            raise self._lost(limit) from None
        if raised:
            raise value
        return value

    def _lost(self, limit: str) -> CompanionLostError:
        status = 0
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = self._process.wait(timeout=_END_SECONDS)
        self.close()
        if status == -signal.SIGXCPU:
            return CompanionLostError(f"it took longer than {limit}")
        ended = f"by the signal {signal.Signals(-status).name}" if status < 0 else f"with status {status}"
        return CompanionLostError(f"it ended its process {ended}", killed=status == -signal.SIGKILL)


class _Idle:
    """The companions of this process that nobody uses, by task; as many may be in use for a task as there are processors."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._companions: dict[Task, list[Companion]] = {}
        self._places: dict[Task, threading.Semaphore] = {}

    @contextlib.contextmanager
    def borrowed(self, task: Task) -> Iterator[Companion]:
        """A companion for as long as the block lasts; waits where all are in use."""
        with self._lock:
            places = self._places.setdefault(task, threading.Semaphore(os.cpu_count() or 1))
        with places:
            with self._lock:
                companions = self._companions.setdefault(task, [])
                companion = companions.pop() if companions else Companion(task)
            try:
                yield companion
            finally:
                with self._lock:
                    companions.append(companion)

    def start(self, task: Task) -> None:
        """Has a companion ready for the first who asks, where there is none yet; it starts beside whatever this process does meanwhile."""
        with self._lock:
            companions = self._companions.setdefault(task, [])
            if not companions and task not in self._places:
                companions.append(Companion(task))
                companions[0].start()


_idle = _Idle()
borrowed = _idle.borrowed
"""`with borrowed(task) as companion:` gives a companion of this process, kept for the next one who asks; they end when this process ends."""
start_ahead = _idle.start
"""`start_ahead(task)` starts one before anybody asks for it."""


def serve(handle: int, launcher: int) -> None:
    """Answers calls until the other end of the pipe is closed.

    Args:
        handle: The pipe's file descriptor.
        launcher: The process that asks; when it is gone, this one ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_follow, args=(launcher,), daemon=True).start()
    gc.disable()  # while much is imported nothing is garbage
    with Connection(handle) as connection, contextlib.suppress(EOFError, OSError):
        task = pickle.loads(connection.recv_bytes())  # noqa: S301 - from the process that has started this one
        module, _, name = task.factory.partition(":")
        try:
            function = getattr(importlib.import_module(module), name)(*task.arguments)
        except BaseException as error:  # noqa: BLE001 - told to the process that asks
            connection.send_bytes(_answer(raised=True, value=error))
            return
        connection.send_bytes(_answer(raised=False, value=None))
        gc.set_threshold(_GARBAGE)
        gc.enable()
        gc.freeze()
        for call in itertools.count():
            if call == 1:
                gc.collect()
                gc.freeze()  # tables that were read when they were first needed stay too
            seconds, arguments = pickle.loads(connection.recv_bytes())  # noqa: S301
            _limit(seconds)
            try:
                raised, value = False, function(*arguments)
            except Exception as error:  # noqa: BLE001
                raised, value = True, error
            connection.send_bytes(_answer(raised=raised, value=value))


def _limit(seconds: float) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def _answer(*, raised: bool, value: object) -> bytes:
    try:
        answer = pickle.dumps((raised, value), pickle.HIGHEST_PROTOCOL)
        if raised:
            pickle.loads(answer)  # noqa: S301 - some exceptions are written and cannot be read
    except Exception as error:  # noqa: BLE001
        told = f"{type(value).__name__}: {value}" if raised else f"the answer cannot be sent: {error}"
        return pickle.dumps((True, RuntimeError(told)))
    return answer


def _follow(launcher: int) -> None:
    while os.getppid() == launcher:
        time.sleep(_FOLLOW_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
