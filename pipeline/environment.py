"""What has to stand before numpy, spaCy and Beam are imported: threads, the path of worker processes, and who may log."""

from __future__ import annotations

import contextlib
import datetime
import gc
import json
import logging
import os
import pathlib
import sys
import warnings
from collections.abc import Iterator

LOGGER = logging.getLogger("dateline")
# Beam hands on under these names what its job servers print.
_JOB_SERVERS = ("PrismJobServer", "FlinkJarJobServer")
# One thread a process: with several worker processes the threads of linear algebra would compete for the same cores.
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def prepare() -> None:
    """Sets what worker processes inherit. To be called before numpy is imported; what the user has set stays."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    # Workers are started by name of a module: they have to find the code that the launcher runs, installed or not.
    root = str(pathlib.Path(__file__).resolve().parent.parent)
    known = [each for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
    if root not in known and "site-packages" not in root:
        os.environ["PYTHONPATH"] = os.pathsep.join([root, *known])


@contextlib.contextmanager
def importing() -> Iterator[None]:
    """While much is imported nothing is garbage, and looking for it takes a fifth of the time: what is made inside is never looked through again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class _JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= getattr(record, "fields", {})
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def configure_logging(*, log_format: str = "text", verbose: bool = False, quiet: bool = False) -> None:
    """Sends the log to standard error.

    Args:
        log_format: `text`, or `json` for one object a line.
        verbose: Also what Beam and other libraries log.
        quiet: Of dateline's own only warnings and errors.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if log_format == "json" else logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S"))
    # Importing Beam makes it log on the root logger, which would set up a handler of its own: this comes first, and by force.
    logging.basicConfig(level=logging.INFO if verbose else logging.CRITICAL, handlers=[handler], force=True)
    LOGGER.setLevel(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)
    if not verbose:
        warnings.simplefilter("ignore")
        for name in ("apache_beam", "root", *_JOB_SERVERS):
            logging.getLogger(name).setLevel(logging.CRITICAL)
