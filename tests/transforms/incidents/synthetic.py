"""A synthetic stream of mentions at the scale of a store, for timings."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pyarrow as pa

from tests.transforms.incidents.mentions import aid, meeting, strike, table

_STATES = ["UKR", "RUS", "USA", "ISR", "PSE", "FRA", "DEU", "GBR", "TUR", "SAU", "IRN", "CHN"]


def stream(count: int, seed: int = 7) -> pa.Table:
    """About `count` mentions over three years: attacks on a few dozen towns, meetings of a dozen states, aid of a few donors; each told one to nine times."""
    chance = random.Random(seed)
    rows: list[dict[str, Any]] = []
    start = datetime.date(2022, 3, 1)
    while len(rows) < count:
        day = start + datetime.timedelta(days=chance.randrange(1000))
        event = chance.random()
        towns = [f"Town{chance.randrange(40)}@Oblast{chance.randrange(8)}/UKR {47 + chance.random() * 4:.3f} {28 + chance.random() * 8:.3f}"]
        attackers, parties, amount = chance.choice(["RUS", "ISR"]), chance.sample(_STATES, 2 + chance.randrange(2)), chance.choice([None, 1e8, 5e8, 2e9])
        for _ in range(1 + chance.randrange(9)):
            late = chance.randrange(3)
            told = {
                "doc": f"d{chance.randrange(count)}",
                "published": (day + datetime.timedelta(days=late)).isoformat(),
                "date": day.isoformat() if chance.random() < 0.7 else None,
                "event_id": f"{chance.getrandbits(64):016x}",
            }
            if chance.random() < 0.15:
                told |= {"date": None, "basis": "before"}
            if event < 0.5:
                at = towns if chance.random() < 0.8 else "/UKR"
                toll = chance.choice([None, 3, 5])
                rows.append(strike(attackers, "UKR", at=at, weapon=chance.choice(["drone", "missile", "unknown"]), killed_min=toll, **told))
            elif event < 0.8:
                rows.append(meeting(parties[: chance.choice([2, 3])], at=chance.choice([towns, ()]), trigger=chance.choice(["talks", "meeting"]), **told))
            else:
                rows.append(
                    aid(parties[0], "UKR", amount=chance.choice([None, amount]), currency="USD", aid_kind=chance.choice(["military", "financial"]), **told)
                )
    return table(rows)
