from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pipeline.main import main


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert f"_DATELINE_COMPLETE={shell}_complete" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dateline expo", ["plain,export"]),
        ("dateline sql --examp", ["plain,--example", "plain,--examples"]),
        ("dateline sql --example aid-b", ["plain,aid-by-donor"]),
        ("dateline sql --store st", ["dir,st"]),
        ("dateline run ne", ["file,ne"]),
    ],
)
def test_what_a_shell_gets(words: str, found: list[str]) -> None:
    environment = os.environ | {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_DATELINE_COMPLETE": "bash_complete"}
    done = subprocess.run([sys.executable, "-m", "pipeline"], env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.split()) == (0, found)
