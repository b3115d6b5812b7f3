"""Random mentions out of few values, so that many of them nearly agree."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.transforms.incidents.mentions import aid, meeting, strike

_DAYS = [f"2025-03-{day:02d}" for day in range(1, 8)]
_DATES = [None, None, *_DAYS, "2025-03-02..2025-03-03", "2025-03-03..2025-03-04", "2025-03-01..2025-03-07", "2025-01-01..2025-12-31"]
_TOWNS = ["Brevna@Nord/UKR 50.0 30.0", "Kolin@Nord/UKR 50.5 30.0", "Brewno@Nord/UKR 50.01 30.0", "Lorcy/FRA 48.85 2.35", "=Palace/FRA 48.87 2.31", "?Kvitkove"]
_PLACES = st.lists(st.sampled_from([*_TOWNS, "@Nord/UKR", "@Sud/UKR", "/UKR", "/FRA"]), max_size=2, unique=True)
_PARTIES = st.lists(st.sampled_from(["UKR", "RUS", "USA", "FRA", "hamas", "velin:UKR", "macel:FRA", "rudd:USA", "?"]), max_size=3, unique=True)
_SHARED: dict[str, st.SearchStrategy[Any]] = {
    "doc": st.sampled_from(["a", "b", "c"]),
    "published": st.sampled_from([None, *_DAYS]),
    "status": st.sampled_from(["occurred", "occurred", "ongoing", "planned", "proposed", "cancelled", "denied"]),
    "date": st.sampled_from(_DATES),
    "basis": st.sampled_from([None, None, None, "before", "after", "carried"]),
    "at": _PLACES,
    "trigger": st.sampled_from(["trigger", "talks", "attacks", "aid", "summit"]),
    "confidence": st.sampled_from([0.5, 0.8]),
}
_TOLL = st.sampled_from([None, None, 0, 3, 5, 40])
_STRIKES = st.fixed_dictionaries(
    _SHARED
    | {
        "attacker": _PARTIES,
        "target": _PARTIES,
        "weapon": st.sampled_from(["unknown", "drone", "missile", "small_arms"]),
        "target_kind": st.sampled_from(["unknown", "energy", "port"]),
        "killed_min": _TOLL,
        "casualties_scope": st.sampled_from(["event", "event", "part", "cumulative"]),
    }
)
_MEETINGS = st.fixed_dictionaries(
    _SHARED | {"participants": _PARTIES, "format": st.sampled_from(["unknown", "phone", "in_person"]), "topic": st.sampled_from([None, "gas", "grain"])}
)
_AID = st.fixed_dictionaries(
    _SHARED
    | {
        "donor": _PARTIES,
        "recipient": _PARTIES,
        "decision": st.sampled_from(["pledged", "approved"]),
        "amount": st.sampled_from([None, 5e8, 5.05e8, 3e9]),
        "currency": st.sampled_from([None, "USD"]),
        "aid_kind": st.sampled_from(["unknown", "military", "financial"]),
        "items": st.sampled_from([None, "batteries", "grain"]),
        "amount_scope": st.sampled_from([None, "once", "total_to_date"]),
    }
)


def _numbered(drawn: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    makers = {"strike": strike, "meeting": meeting, "aid": aid}
    # Ids are no function of the order of time, as hashes are not.
    return [makers[kind](**given, event_id=f"e{(index * 7919) % 1000:03d}") for index, (kind, given) in enumerate(drawn)]


def mentions(max_size: int = 14) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lists of mentions with ids of their own: mostly of one type, since mentions of two never meet."""
    one_type = st.one_of(
        *(
            st.lists(st.tuples(st.just(kind), given), min_size=1, max_size=max_size)
            for kind, given in (("strike", _STRIKES), ("meeting", _MEETINGS), ("aid", _AID))
        )
    )
    all_types = st.lists(
        st.one_of(st.tuples(st.just("strike"), _STRIKES), st.tuples(st.just("meeting"), _MEETINGS), st.tuples(st.just("aid"), _AID)), max_size=max_size
    )
    return st.one_of(one_type, one_type, one_type, all_types).map(_numbered)
