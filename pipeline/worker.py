"""A worker process on this machine: Beam's own, but silent, deaf to Ctrl-C (the launcher decides), and gone when the launcher is gone."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time

LAUNCHER = "DATELINE_LAUNCHER"
"""The environment variable that holds the launcher's process id."""
VERBOSE = "DATELINE_VERBOSE"
"""The environment variable that lets workers write to standard error."""
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
    if not os.environ.get(VERBOSE):
        # What fails in a worker is told to the launcher. What else would come here is what libraries say when they are ended in the middle of their work.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    threading.Thread(target=follow, args=(int(os.environ[LAUNCHER]),), daemon=True).start()
    # With a handler in place Beam's import does not set up one that writes to standard error: the log goes to the launcher alone.
    logging.getLogger().addHandler(logging.NullHandler())
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main(sys.argv)


if __name__ == "__main__":
    main()
