"""Which mentions are compared at all: those that share a block key. The keys of a mention depend on that mention alone.

A join asks for a shared town, for two shared parties, or for one; and, between documents, for days that meet. So the keys are a town, two parties, or one
party, each with a span of days, and for joins within a document the document with a party or town. Which of them a type uses follows from its joins.
Blocks are as small as the joins allow: none is cut off at a size, since then what is compared would depend on what else there is.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import itertools
from collections.abc import Iterator

from transforms.incidents.dates import window
from transforms.incidents.reports import EVENT, PROCESS, Features, Report
from transforms.incidents.rules import IncidentRules

_PAIRED = 4
"""So many parties of a longer list stand for all: those with the least hashes, so that two reports of one summit choose alike."""


def block_keys(report: Report, rules: IncidentRules) -> set[str]:
    """The keys of a mention.

    Mentions that a join makes one incident, or that are told as one process, share one. Of long lists of parties (`_PAIRED`) only those are compared that agree
    on the parties that stand for them, or on a town.
    """
    features = report.features
    key = process_key(report, rules)
    found = {key} if key is not None else set()
    if features.kind == PROCESS:
        return found or {f"{rules.event_type}|alone|{report.event_id}"}
    parties = features.parties
    found.update(f"{rules.event_type}|in|{report.doc_id}|{name}" for name in itertools.chain(parties, (town.name for town in features.towns)))
    days = window(features, rules.dates)
    if days is not None:
        width = rules.dates.bucket_days
        named = list(_names(features, parties, rules))
        found.update(f"{rules.event_type}|{bucket}|{name}" for bucket in range(days[0] // width, days[1] // width + 1) for name in named)
    return found or {f"{rules.event_type}|alone|{report.event_id}"}


def _names(features: Features, parties: frozenset[str], rules: IncidentRules) -> Iterator[str]:
    by_town, by_one, by_two = rules.anchors
    if by_town:
        yield from (f"town|{town.name}" for town in features.towns)
    if by_one:
        yield from (f"party|{party}" for party in parties)
    elif by_two:
        chosen = sorted(sorted(parties, key=_hash)[:_PAIRED]) if len(parties) > _PAIRED else sorted(parties)
        yield from (f"parties|{first}|{second}" for first, second in itertools.combinations(chosen, 2))


@functools.lru_cache(maxsize=65_536)
def _hash(party: str) -> bytes:
    return hashlib.blake2b(party.encode(), digest_size=8).digest()


def process_key(report: Report, rules: IncidentRules) -> str | None:
    """What mentions of one process share: its parties, the own fields that tell it from others, and the month in which it is told.

    A process has no day, so without a bound all reports of a war's attacks would be one incident, and each new one would have the store look at all of them.
    By month it can be followed over time. None for single events, and where no party is named.
    """
    features = report.features
    if features.kind == EVENT or not features.parties:
        return None
    told = datetime.date.fromordinal(features.published).strftime("%Y-%m") if features.published is not None else f"in {report.doc_id}"
    sides = "/".join("+".join(sorted(side)) for side in features.sides)
    values = "/".join("" if value is None else str(value) for value in features.process_key)
    return f"{rules.event_type}|process|{told}|{sides}|{values}"
