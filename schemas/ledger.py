"""What the store keeps about its own making: rejects and runs."""

from __future__ import annotations

import dataclasses
import datetime

from schemas.columns import column

REJECT_KINDS = ("skipped", "failed")
REJECT_STAGES = ("read", "identify", "extract")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Input that could not be used, with its place and the reason: what can be mended can be read again."""

    run_id: str = column("the run that turned it down")
    uri: str = column("the file it stands in")
    record: str | None = column("its place in the file: `line 17`, `row 17`, `byte 1048576`", optional=True)
    stage: str = column("the step that turned it down", values=REJECT_STAGES)
    kind: str = column("left out by rule, or could not be read or processed", values=REJECT_KINDS)
    error: str = column("`language`, `duplicate`, `id_conflict`, or what went wrong and what would be right")
    payload: str | None = column("the beginning of the record as read", optional=True)
    seen_at: datetime.datetime = column("when", unit="UTC")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run and its balance: read = added + replaced + unchanged + skipped + failed."""

    run_id: str = column("the run")
    started: datetime.datetime = column("start", unit="UTC")
    finished: datetime.datetime = column("end", unit="UTC")
    runner: str = column("Beam runner")
    read: int = column("records read")
    added: int = column("documents new to the store")
    replaced: int = column("documents that came again with another text, or were extracted again")
    unchanged: int = column("documents that the store had already")
    skipped: int = column("left out by rule: other language, duplicate in the input")
    failed: int = column("could not be read or processed")
    event_count: int = column("mentions added")
    version: str = column("version of dateline and fingerprint of its seeds")
    model: str = column("spaCy pipeline and its version")
    inputs: tuple[str, ...] = column("files that no run before has read, by absolute path or URL")
