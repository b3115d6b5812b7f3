"""Annotation of texts that are not part of this repository, by id and offsets, and how its text is put back.

`unread.jsonl` and `worked_on.jsonl` hold news items and excerpts of government statements, one a line: `doc_id`, which part of its text was annotated
(`[start, end)` in code points), and its events in the form of `tests/gold/*.jsonl`, with the offsets of the trigger within that part for its words.

    python -m tests.gold.corpora.with_text tests/gold/corpora/unread.jsonl current_events.jsonl.gz whitehouse.jsonl.gz > unread.jsonl
    dateline evaluate --gold unread.jsonl
"""

from __future__ import annotations

import gzip
import json
import pathlib
import sys
from collections.abc import Iterable, Iterator
from typing import Any


def with_text(gold: pathlib.Path, corpora: Iterable[pathlib.Path]) -> Iterator[dict[str, Any]]:
    """The annotated documents, in the order of the annotation.

    Args:
        gold: The annotation.
        corpora: JSON Lines files, compressed by gzip, that hold the texts.

    Raises:
        KeyError: None of them holds a document; the message names it.
    """
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    wanted = {row["doc_id"] for row in rows}
    records: dict[str, dict[str, Any]] = {}
    for corpus in corpora:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            records |= {record["doc_id"]: record for record in map(json.loads, lines) if record["doc_id"] in wanted}
    for row in rows:
        record = records[row["doc_id"]]
        text = record["text"][row["start"] : row["end"]]
        for event in row["events"]:
            event["trigger"] = text[event.pop("trigger_start") : event.pop("trigger_end")]
        yield record | {"text": text, "n_sentences": row["n_sentences"], "events": row["events"]}


if __name__ == "__main__":
    for document in with_text(pathlib.Path(sys.argv[1]), map(pathlib.Path, sys.argv[2:])):
        sys.stdout.write(f"{json.dumps(document, ensure_ascii=False)}\n")
