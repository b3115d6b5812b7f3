"""Stores of any size for the report, made through the store's own code: `python -m tests.pipeline.report.synthetic_store FOLDER MENTIONS`."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import pathlib
import random
import sys
from collections.abc import Iterator
from typing import Any

from schemas.actor import Actor
from schemas.event_types.aid_decision import AID_KINDS, DECISIONS, AidDecision
from schemas.event_types.meeting import FORMATS, Meeting
from schemas.event_types.strike import TARGET_KINDS, WEAPONS, Strike
from schemas.mention import STATUSES, Mention
from schemas.place import Place
from tests.transforms.storage.synthetic import document, extraction, mention, store
from transforms.events.extraction import Extraction

_STATES = [
    "UKR", "RUS", "USA", "ISR", "PSE", "FRA", "DEU", "GBR", "TUR", "SAU", "IRN", "CHN", "SDN", "POL", "ITA", "ESP", "NOR", "SWE", "IND", "PAK", "SYR", "LBN",
    "YEM", "EGY", "ETH", "KEN", "NGA", "MLI", "JPN", "KOR",
]  # fmt: skip
_FIRST = datetime.date(2022, 1, 1)
_SPAN_DAYS = 1_000
_WORDS = ("overnight", "according to officials", "the ministry said on Tuesday", "in a statement that named no source", "as talks went on elsewhere")


def _actor(chance: random.Random, role: str, sentence: str) -> Actor:
    state = chance.choice(_STATES[: 6 + chance.randrange(len(_STATES) - 5)])
    person = chance.random() < 0.4
    actor_id = f"person-{state.lower()}-{chance.randrange(8)}" if person else state
    at = chance.randrange(len(sentence) - 4)
    return Actor(
        role=role, text=sentence[at : at + 4], actor_id=actor_id, name=actor_id.replace("-", " ").title() if person else state,
        kind="person" if person else "state", acts_for=state, country=state, reason="synthetic", text_start=at, text_end=at + 4,
    )  # fmt: skip


def _place(chance: random.Random) -> Place:
    number = chance.randrange(300)
    spread = random.Random(number)
    name = f"Town {number}"
    return Place(
        text=name,
        name=name,
        country=_STATES[number % len(_STATES)],
        latitude=round(spread.uniform(-30, 62), 3),
        longitude=round(spread.uniform(-100, 120), 3),
        precision="city",
    )


def _fields(chance: random.Random, record: type[Mention]) -> dict[str, Any]:
    if record is Strike:
        killed = chance.choice([None, None, chance.randrange(30)])
        return {"weapon": chance.choice(WEAPONS), "target_kind": chance.choice(TARGET_KINDS), "killed_min": killed, "killed_max": killed}
    if record is Meeting:
        return {"format": chance.choice(FORMATS), "topic": chance.choice([None, "grain exports and the border"])}
    amount = chance.choice([None, float(chance.randrange(1, 500)) * 1e6])
    known = {} if amount is None else {"amount": amount, "currency": "USD", "amount_usd": amount, "amount_scope": "once"}
    return {"decision": chance.choice(DECISIONS), "direction": "give", "aid_kind": chance.choice(AID_KINDS), **known}


def extractions(mentions: int, seed: int = 7) -> Iterator[Extraction]:
    """Documents with about three mentions each, `mentions` in all, over about three years, in sentences of the length that news has."""
    chance = random.Random(seed)
    made = 0
    for number in itertools.count():
        if made >= mentions:
            return
        day = _FIRST + datetime.timedelta(days=chance.randrange(_SPAN_DAYS))
        sentence = f"Report {number}: something of weight happened there, {'; '.join(chance.sample(_WORDS, 3))}, and nobody else was named."
        source = document(
            f"doc-{number}",
            day.isoformat(),
            text=sentence,
            source=f"Outlet {chance.randrange(40)}",
            title=f"Headline {number}",
            uri=f"https://example.org/{number}",
        )
        found = []
        for place in range(min(1 + chance.randrange(5), mentions - made)):
            record = chance.choice((Strike, Strike, Meeting, Meeting, AidDecision))
            parts = [_actor(chance, role, sentence) for role in (record.ACTING, record.RECEIVING or record.ACTING)]
            event_day = day - datetime.timedelta(days=chance.randrange(3))
            found.append(
                mention(
                    source,
                    place,
                    record,
                    event_day.isoformat(),
                    status=chance.choices(STATUSES, (70, 6, 10, 8, 3, 3))[0],
                    actors=tuple(parts),
                    locations=(_place(chance),),
                    sentence=sentence,
                    sentence_end=len(sentence),
                    blame=chance.choices((None, "asserted", "alleged"), (5, 3, 2))[0],
                    **_fields(chance, record),
                )
            )
        made += len(found)
        yield dataclasses.replace(extraction(source, *found), sentences=12)


def make(folder: pathlib.Path, mentions: int) -> None:
    """Makes a store of so many mentions, in runs of at most 20,000 documents."""
    for number, run in enumerate(_batches(extractions(mentions), 20_000)):
        store(folder, f"run-{number}", run)


def _batches(items: Iterator[Extraction], size: int) -> Iterator[list[Extraction]]:
    while batch := list(itertools.islice(items, size)):
        yield batch


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
