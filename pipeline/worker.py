"""A worker process on this machine: Beam's own, but silent on standard error, deaf to Ctrl-C (the launcher decides), and gone when the launcher is gone."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time

LAUNCHER = "DATELINE_LAUNCHER"
"""The environment variable that holds the launcher's process id."""
_SECONDS = 1.0


def follow(launcher: int) -> None:
    """Ends this process as soon as the launcher has ended, however that ended; without it a worker would wait for work for ever."""
    while True:
        try:
            os.kill(launcher, 0)
        except ProcessLookupError:
            os._exit(1)
        except PermissionError:
            pass  # another user's process: it lives
        time.sleep(_SECONDS)


def main() -> None:
    """Runs Beam's worker with what the launcher has put into the environment."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.environ.get(LAUNCHER, "").isdigit():
        threading.Thread(target=follow, args=(int(os.environ[LAUNCHER]),), daemon=True).start()
    # With a handler in place Beam's import does not set up one that writes to standard error: the log goes to the launcher alone.
    logging.getLogger().addHandler(logging.NullHandler())
    from apache_beam.runners.worker import sdk_worker_main  # noqa: PLC0415

    sdk_worker_main.main(sys.argv)


if __name__ == "__main__":
    main()
