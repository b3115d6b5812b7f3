"""`dateline run --watch` on Prism: documents are published as they arrive, and what stands in the store is what a run over all of them makes."""

from __future__ import annotations

import pathlib
import shutil
import signal
import time
from typing import Any

from tests.engines.processes import ROOT, SECONDS, count, dateline, kill, readme_command, started, wait_for
from tests.transforms.storage.synthetic import contents

SAMPLES = sorted(each for each in (ROOT / "seeds" / "documents").iterdir() if each.is_file())
EVERY = "5s"


def watching(folder: pathlib.Path, store: pathlib.Path, prism: str) -> Any:
    return started(*readme_command("watch", INPUT=str(folder), every=EVERY, store=str(store), prism_location=prism))


def test_documents_are_published_as_they_arrive(prism: str, tmp_path: pathlib.Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    half = len(SAMPLES) // 2
    with watching(folder, store, prism) as process:
        for sample in SAMPLES[:half]:
            shutil.copy(sample, folder)
        wait_for(lambda: count(store) > 0 or process.poll() is not None, "SQL finds the first documents")
        first = count(store)
        for sample in SAMPLES[half:]:
            shutil.copy(sample, folder)
        wait_for(lambda: count(store) > first or process.poll() is not None, "SQL finds what has arrived since")
        # What has just arrived is still published.
        (folder / "last.txt").write_text(
            "Ministers of Kenya and Norway met in Nairobi on Monday to discuss trade.\n\nNAIROBI, 11 March 2025.", encoding="utf-8"
        )
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        shown, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert len(shown.splitlines()) >= 2, shown
    whole = tmp_path / "whole"
    assert dateline("run", str(folder), "--store", str(whole), "--quiet").returncode == 0
    assert contents(store) == contents(whole)
    assert not list((store / "staging").iterdir())


def test_stopped_at_once_it_leaves_nothing_half_published_and_goes_on(prism: str, tmp_path: pathlib.Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    shutil.copytree(ROOT / "seeds" / "documents", folder)
    with watching(folder, store, prism) as process:
        wait_for(lambda: list(store.glob("staging/*/*-documents.parquet")) or process.poll() is not None, "something is staged")
        kill(process)
    with watching(folder, store, prism) as process:
        wait_for(lambda: count(store) > 0 or process.poll() is not None, "SQL finds documents")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    whole = tmp_path / "whole"
    assert dateline("run", str(folder), "--store", str(whole), "--quiet").returncode == 0
    assert contents(store) == contents(whole)
