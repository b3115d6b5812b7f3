"""What a run has done, in a few lines or as one object of JSON."""

from __future__ import annotations

import dataclasses
import shlex
from typing import Any

from pipeline.database import count_stale, open_store, stale_note
from pipeline.display import duration
from pipeline.errors import DONE, SOME_FAILED
from schemas.event_types import event_types
from schemas.ledger import Run

_SHOWN_REJECTS = 5


@dataclasses.dataclass(frozen=True)
class RejectCount:
    """How often inputs were turned down for one reason."""

    stage: str
    kind: str
    error: str
    count: int


@dataclasses.dataclass(frozen=True)
class Summary:
    """A run that was published.

    Attributes:
        run: Its row.
        events: Event type -> mentions of this run in the store.
        rejects: What was turned down, most frequent first.
        seconds: How long it took.
        store: The store, as the command line named it.
        stale: Documents of the store that another version, model or seeds have extracted.
    """

    run: Run
    events: dict[str, int]
    rejects: tuple[RejectCount, ...]
    seconds: float
    store: str
    stale: int

    @property
    def exit_status(self) -> int:
        """The status that the command ends with."""
        return SOME_FAILED if self.run.failed else DONE


def read_summary(store: str, run: Run, seconds: float) -> Summary:
    """Asks the store what a run has brought.

    Raises:
        transforms.storage.errors.StoreError: The store cannot be read.
    """
    with open_store(store) as connection:
        events = dict(connection.execute("SELECT event_type, count(*) FROM events WHERE run_id = ? GROUP BY event_type", [run.run_id]).fetchall())
        rejects = connection.execute(
            "SELECT stage, kind, error, count(*) AS n FROM rejects WHERE run_id = ? GROUP BY ALL ORDER BY kind, n DESC, error", [run.run_id]
        ).fetchall()
        stale = count_stale(connection, run.version, run.model)
    counts = {name: int(events.get(name, 0)) for name in event_types()}
    return Summary(run, counts, tuple(RejectCount(*row) for row in rejects), seconds, store, stale)


def as_json(summary: Summary) -> dict[str, Any]:
    """The summary as an object of JSON: the run's row, its events and rejects."""
    run = dataclasses.asdict(summary.run)
    run |= {name: run[name].isoformat() for name in ("started", "finished")}
    del run["inputs"]
    return run | {
        "events": summary.events,
        "rejects": [dataclasses.asdict(each) for each in summary.rejects],
        "seconds": round(summary.seconds, 3),
        "store": summary.store,
        "stale": summary.stale,
    }


def as_text(summary: Summary) -> str:
    """The summary in lines, the last of which is a command to try next."""
    run = summary.run
    rate = f" ({run.read / summary.seconds:.1f} documents/s)" if summary.seconds > 0 else ""
    lines = [
        f"read {run.read:,} = {run.added:,} added + {run.replaced:,} replaced + {run.unchanged:,} unchanged + {run.skipped:,} skipped + {run.failed:,} failed",
        f"events {run.event_count:,}" + (": " + ", ".join(f"{name} {count:,}" for name, count in summary.events.items()) if run.event_count else ""),
    ]
    lines += [f"{each.kind} {each.count:,}: {_short(each.error)}" for each in summary.rejects[:_SHOWN_REJECTS]]
    if len(summary.rejects) > _SHOWN_REJECTS:
        lines.append(f"and {len(summary.rejects) - _SHOWN_REJECTS:,} more reasons in the view rejects")
    if summary.stale:
        lines.append(stale_note(summary.stale, summary.store))
    lines.append(f"took {duration(summary.seconds)}{rate}; store {summary.store}")
    lines.append(f"next: {next_command(summary)}")
    return "\n".join(lines)


def next_command(summary: Summary) -> str:
    """The command that shows what a person would want to see first: what failed, else what was found."""
    query = "SELECT event_type, status, count(*) AS mentions FROM events GROUP BY ALL ORDER BY ALL"
    if summary.run.failed:
        query = f"SELECT uri, record, error FROM rejects WHERE run_id = '{summary.run.run_id}' AND kind = 'failed'"  # noqa: S608 - shown, not run
    return f'dateline sql --store {shlex.quote(summary.store)} "{query}"'


def _short(error: str, limit: int = 160) -> str:
    text = " ".join("".join(each if each.isprintable() else " " for each in error).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
