"""An extractor for tests that fails, crashes or hangs on some texts, in a batch after others were done."""

from __future__ import annotations

import os
import pathlib
import signal
from collections.abc import Callable, Iterator, Sequence

from schemas.document import Document
from transforms.events.batches import Failure, read_batch
from transforms.events.extraction import Extraction


class Choosy:
    """Stands for an `Extractor`.

    Args:
        kills: A file that counts how often this process was killed.
        times: How often it is to be.
    """

    def __init__(self, kills: str | None = None, times: int = 0) -> None:
        self._kills, self._times = kills, times

    def extract(self, documents: Sequence[Document]) -> Iterator[Extraction]:
        for each in documents:
            if self._kills is not None:
                with pathlib.Path(self._kills).open("a+") as file:
                    file.seek(0)
                    if len(file.read()) < self._times:
                        file.write("x")
                        file.flush()
                        os.kill(os.getpid(), signal.SIGKILL)
            if each.text == "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            if each.text == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            while each.text == "spin":
                pass
            if "poison" in each.text:
                raise ValueError(f"cannot read {each.text!r}")
            yield Extraction(document=each, sentences=1, mentions=(), model="m", version="v")


def reader(kills: str | None = None, times: int = 0) -> Callable[[Sequence[Document]], list[Extraction | Failure]]:
    """What a companion does."""
    extractor = Choosy(kills, times)
    return lambda batch: read_batch(extractor, batch)
