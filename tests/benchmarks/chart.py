"""Draws how cost grows with the number of documents: `python -m tests.benchmarks.chart benchmarks.json docs/growth.svg`."""

from __future__ import annotations

import argparse
import json
import pathlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as plt

_DOCUMENTS = re.compile(r"(?P<count>[\d,]+) documents: (?P<what>processor time|largest worker|launcher)")


def series(figures: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[int, float]]]:
    """What was measured -> number of documents and value, ascending; from figures as `measure.write_json` writes them."""
    found: dict[str, list[tuple[int, float]]] = {}
    for figure in figures:
        match = _DOCUMENTS.fullmatch(figure["what"])
        if match is not None:
            found.setdefault(match["what"], []).append((int(match["count"].replace(",", "")), figure["value"]))
    return {what: sorted(points) for what, points in found.items()}


def draw(figures: Sequence[Mapping[str, Any]], target: pathlib.Path) -> None:
    """Draws time and memory by number of documents as an SVG file.

    Raises:
        ValueError: The figures hold no such measurement.
    """
    found = series(figures)
    if not found:
        raise ValueError("the figures hold no run over documents; measure with `python -m tests.benchmarks --only growth`")
    # The same figures give the same file.
    with plt.rc_context({"svg.hashsalt": "dateline", "font.size": 9}):
        drawing, (time, memory) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
        time.plot(*zip(*found["processor time"], strict=True), marker="o")
        time.set(xscale="log", yscale="log", xlabel="documents", ylabel="processor time [s]")
        for what in ("largest worker", "launcher"):
            memory.plot(*zip(*found[what], strict=True), marker="o", label=what)
        memory.set(xscale="log", xlabel="documents", ylabel="peak memory [MB]", ylim=(0, None))
        memory.legend()
        drawing.savefig(target, metadata={"Date": None})
        plt.close(drawing)


def main() -> None:
    """Draws."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.chart", description=__doc__)
    parser.add_argument("figures", type=pathlib.Path, help="what `python -m tests.benchmarks` has written")
    parser.add_argument("target", type=pathlib.Path, help="the SVG file")
    options = parser.parse_args()
    draw(json.loads(options.figures.read_text("utf-8"))["figures"], options.target)


if __name__ == "__main__":
    main()
