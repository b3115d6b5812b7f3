"""Each view on a small store whose answers were worked out by hand."""

# ruff: noqa: E501, ISC004 - a row of expected values on a line of its own is read against its query

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from pipeline.database import open_store
from schemas.event_types.aid_decision import AidDecision
from schemas.event_types.meeting import Meeting
from schemas.tables import tables
from tests.transforms.storage.synthetic import actor, document, extraction, mention, reject, store
from transforms.storage import partitions

MINISTER = actor("participant", "FRA", "a-minister")
ENVOY = actor("participant", "UKR", "an-envoy")
CLUB = {"kind": "organisation", "country": None}


def reference() -> pa.Table:
    def row(actor_id: str, kind: str, acts_for: str | None, country: str | None, offices: list[dict] | None = None) -> dict:
        return {
            "actor_id": actor_id,
            "name": actor_id.title(),
            "kind": kind,
            "acts_for": acts_for,
            "country": country,
            "sector": "GOV",
            "offices": offices or [],
        }

    minister = [{"office": "foreign_minister", "title": "Foreign Minister", "from": "2024-01", "to": None}]
    rows = [row("RUS", "state", "RUS", "RUS"), row("a-minister", "person", "FRA", "FRA", minister), row("club", "organisation", "club", None)]
    return pa.Table.from_pylist(rows, schema=tables()["actors"].schema)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Four documents.

    1, 2 March: `a` and `b` tell of one strike on Odesa on 28 February (3 to 5, later at least 7 killed), `b` repeated word for word by `copy` on 3 March.
    `a` also tells of attacks that go on, of a meeting of France (two people), Ukraine and the club in Paris on 1 March, and of one planned, undated.
    `b` also tells of two decisions of Germany and France for Ukraine, one of them a yearly sum, and of a strike without a date.
    """
    folder: pathlib.Path = tmp_path_factory.mktemp("views")
    a = document("a", "2025-03-01", source="Courier", text="A.")
    b = document("b", "2025-03-02", source="Herald", text="B.")
    copied = document("copy", "2025-03-03", source="Gazette", text="B.")
    paris = {"locations": ()}
    talks = (MINISTER, actor("participant", "FRA"), ENVOY, actor("participant", "club", "club", **CLUB), actor("host", "FRA", "a-minister"))
    toll = {"killed_min": 7, "killed_max": None, "injured_min": 1, "injured_max": 2}
    donors = (actor("donor", "FRA"), actor("donor", "DEU"), actor("recipient", "UKR"))
    aid = {"record": AidDecision, "date": "2025-03-02", "actors": donors, "currency": "EUR"}
    store(
        folder,
        "r1",
        [
            extraction(
                a,
                mention(a, 1, date="2025-02-28", killed_min=3, killed_max=5),
                mention(a, 2, date="2025-03-01", status="ongoing", killed_min=100, actors=(actor("attacker", "RUS"), actor("target", "UKR"))),
                mention(a, 3, Meeting, "2025-03-01", actors=talks, **paris),
                mention(a, 4, Meeting, "2025-03-01", actors=(MINISTER,), status="planned", date_basis="after", event_date_end=None),
            ),
            extraction(
                b,
                mention(b, 1, date="2025-02-28", **toll),
                mention(b, 2, date=None, date_basis="before", locations=()),
                mention(b, 3, amount=5e9, amount_usd=5.5e9, amount_scope="once", **aid),
                mention(b, 4, amount=1e9, amount_usd=1.1e9, amount_scope="per_year", locations=(), **aid),
            ),
            extraction(copied, mention(copied, 1, date="2025-02-28", **toll)),
            extraction(document("quiet", None, source=None)),
        ],
        [reject()],
        actors=reference,
    )
    with open_store(str(folder)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT doc_id, duplicate_of, event_count FROM documents ORDER BY 1", [("a", None, 4), ("b", None, 4), ("copy", "b", 1), ("quiet", None, 0)]),
        ("SELECT event_type, count(*), count(DISTINCT incident_id) FROM events GROUP BY 1 ORDER BY 1", [("aid_decision", 2, 2), ("meeting", 2, 2), ("strike", 5, 3)]),
        (
            "SELECT doc_id, status, location_text, location_name, location_country, latitude, longitude FROM strikes WHERE event_date IS NOT NULL ORDER BY ALL",
            [(doc, status, "Odesa", "Odesa", "UKR", 46.48, 30.73) for doc, status in (("a", "occurred"), ("a", "ongoing"), ("b", "occurred"), ("copy", "occurred"))],
        ),
        ("SELECT location_name, location_country, len(locations) FROM meetings WHERE status = 'occurred'", [(None, None, 0)]),
        ("SELECT stage, decision, amount FROM aid_decisions ORDER BY amount", [("promised", "pledged", 1e9), ("promised", "pledged", 5e9)]),
        ("SELECT count(*), count(DISTINCT event_id), count(DISTINCT incident_id) FROM event_actors", [(22, 9, 7)]),
        ("SELECT actor_id, name, event_count, len(offices), offices[1].title, offices[1].\"from\" FROM actors ORDER BY 1",
         [("RUS", "Rus", 5, 0, None, None), ("a-minister", "A-Minister", 2, 1, "Foreign Minister", "2024-01"), ("club", "Club", 1, 0, None, None)]),
        (
            "SELECT event_type, status, scope, mentions, documents, sources, killed_min, killed_max FROM incidents WHERE event_type = 'strike' ORDER BY mentions DESC, status",
            [("strike", "occurred", "event", 3, 3, 2, 7, 5), ("strike", "occurred", "event", 1, 1, 1, None, None), ("strike", "ongoing", "process", 1, 1, 1, 100, None)],
        ),
        ("SELECT old_incident_id FROM incident_aliases", []),
        (
            "SELECT actor_id, role, event_type, status, CAST(day AS VARCHAR), name, kind, acts_for, country, date_precision, incidents, mentions FROM actor_days WHERE actor_id IN ('a-minister', 'RUS') ORDER BY ALL",
            [
                ("RUS", "attacker", "strike", "occurred", "2025-02-28", "RUS", "state", "RUS", "RUS", "day", 1, 3),
                ("a-minister", "host", "meeting", "occurred", "2025-03-01", "a-minister", "person", "FRA", "FRA", "day", 1, 1),
                ("a-minister", "participant", "meeting", "occurred", "2025-03-01", "a-minister", "person", "FRA", "FRA", "day", 1, 1),
            ],
        ),
        (
            "SELECT country, role, event_type, status, CAST(day AS VARCHAR), incidents, mentions FROM country_days ORDER BY ALL",
            [
                ("DEU", "donor", "aid_decision", "occurred", "2025-03-02", 2, 2),
                ("FRA", "donor", "aid_decision", "occurred", "2025-03-02", 2, 2),
                ("FRA", "host", "meeting", "occurred", "2025-03-01", 1, 1),
                ("FRA", "participant", "meeting", "occurred", "2025-03-01", 1, 1),
                ("RUS", "attacker", "strike", "occurred", "2025-02-28", 1, 3),
                ("UKR", "participant", "meeting", "occurred", "2025-03-01", 1, 1),
                ("UKR", "recipient", "aid_decision", "occurred", "2025-03-02", 2, 2),
                ("UKR", "target", "strike", "occurred", "2025-02-28", 1, 3),
            ],
        ),
        ("SELECT acts_for, role, incidents, mentions FROM party_days WHERE acts_for = 'club'", [("club", "participant", 1, 1)]),
        ("SELECT count(*) FROM party_days", [(9,)]),
        (
            "SELECT acting, receiving, event_type, status, CAST(month AS VARCHAR), acting_kind, acting_country, receiving_kind, receiving_country, incidents, mentions FROM dyads ORDER BY ALL",
            [
                ("DEU", "UKR", "aid_decision", "occurred", "2025-03-01", "state", "DEU", "state", "UKR", 2, 2),
                ("FRA", "UKR", "aid_decision", "occurred", "2025-03-01", "state", "FRA", "state", "UKR", 2, 2),
                ("FRA", "UKR", "meeting", "occurred", "2025-03-01", "state", "FRA", "state", "UKR", 1, 1),
                ("FRA", "club", "meeting", "occurred", "2025-03-01", "state", "FRA", "organisation", None, 1, 1),
                ("RUS", "UKR", "strike", "occurred", "2025-02-01", "state", "RUS", "state", "UKR", 1, 3),
                ("UKR", "club", "meeting", "occurred", "2025-03-01", "state", "UKR", "organisation", None, 1, 1),
            ],
        ),
        (
            "SELECT donors, recipients, aid_kind, decision, status, currency, CAST(month AS VARCHAR), incidents, amount, amount_usd FROM aid_totals",
            [("DEU+FRA", "UKR", "military", "pledged", "occurred", "EUR", "2025-03-01", 2, 5e9, 5.5e9)],
        ),
        (
            "SELECT targets, weapon, status, CAST(day AS VARCHAR), incidents, killed_min, killed_max, injured_min, injured_max FROM strike_days",
            [("UKR", "drone", "occurred", "2025-02-28", 1, 7, 5, 1, 2)],
        ),
        (
            "SELECT CAST(published_date AS VARCHAR), statuses, decisions, mentions, sources FROM timeline "
            "WHERE incident_id IN (SELECT incident_id FROM incidents WHERE event_type = 'strike' AND mentions = 3) ORDER BY 1",
            [("2025-03-01", ["occurred"], [], 1, 1), ("2025-03-02", ["occurred"], [], 1, 1), ("2025-03-03", ["occurred"], [], 1, 0)],
        ),
        ("SELECT DISTINCT statuses, decisions FROM timeline WHERE len(decisions) > 0", [(["occurred"], ["pledged"])]),
        ("SELECT sum(mentions) FROM timeline", [(9,)]),
        (
            "SELECT source, CAST(published_date AS VARCHAR), documents, sentences, documents_with_events FROM coverage ORDER BY 2 NULLS LAST",
            [("Courier", "2025-03-01", 1, 3, 1), ("Herald", "2025-03-02", 1, 3, 1), ("Gazette", "2025-03-03", 1, 3, 1), (None, None, 1, 3, 0)],
        ),
        (
            "SELECT event_type, status, date_basis, CAST(month AS VARCHAR), incidents, mentions FROM undated ORDER BY ALL",
            [("meeting", "planned", "after", "2025-03-01", 1, 1), ("strike", "occurred", "before", "2025-03-01", 1, 1)],
        ),
        ("SELECT run_id, uri, record, stage, kind, error, payload FROM rejects", [("r1", "in.jsonl", "line 1", "read", "skipped", "language", "Bonjour")]),
        ("SELECT run_id, runner, read, added, replaced, unchanged, skipped, failed, event_count, version, model FROM runs", [("r1", "test", 5, 4, 0, 0, 1, 0, 9, "version 1", "model 1")]),
    ],
)  # fmt: skip
def test_view(connection: duckdb.DuckDBPyConnection, query: str, expected: list[tuple]) -> None:
    assert connection.execute(query).fetchall() == expected


def test_an_open_maximum_counts_as_its_minimum_and_parts_do_not_count(tmp_path: pathlib.Path) -> None:
    source = document("a")
    cities = [{"locations": ()}, {}]
    tolls = [{"killed_min": 4, "killed_max": None}, {"killed_min": 50, "killed_max": 60, "casualties_scope": "part"}]
    store(
        tmp_path, "r1", [extraction(source, *(mention(source, number, **toll, **city) for number, (toll, city) in enumerate(zip(tolls, cities, strict=True))))]
    )
    with open_store(str(tmp_path)) as connection:
        assert connection.execute("SELECT incidents, killed_min, killed_max, injured_min FROM strike_days").fetchall() == [(2, 4, 4, None)]


def test_a_wave_that_is_told_by_its_places_counts_by_them_and_by_what_it_has_more(tmp_path: pathlib.Path) -> None:
    source = document("a")
    tolls = [{"killed_min": 9, "killed_max": 9, "injured_min": 2, "trigger": "wave"}, {"killed_min": 4, "killed_max": 4, "injured_min": 3}]
    store(tmp_path, "r1", [extraction(source, *(mention(source, number, **toll) for number, toll in enumerate(tolls)))])
    with open_store(str(tmp_path)) as connection:
        assert connection.execute("SELECT count(*), count(part_of) FROM incidents").fetchall() == [(2, 1)]
        assert connection.execute("SELECT incidents, killed_min, killed_max, injured_min FROM strike_days").fetchall() == [(1, 9, 9, 3)]
        assert connection.execute("SELECT DISTINCT incidents, mentions FROM country_days").fetchall() == [(1, 2)]
        assert connection.execute("SELECT incidents, mentions FROM party_days WHERE acts_for = 'RUS'").fetchall() == [(1, 2)]
        assert connection.execute("SELECT DISTINCT incidents, mentions FROM actor_days").fetchall() == [(1, 2)]
        assert connection.execute("SELECT incidents, mentions FROM dyads").fetchall() == [(1, 2)]


def test_amounts_of_planned_cuts_are_not_added_to_gifts(tmp_path: pathlib.Path) -> None:
    source = document("a")
    both = [{"decision": "proposed", "direction": "give", "locations": ()}, {"decision": "proposed", "direction": "cut"}]
    shared = {"record": AidDecision, "amount": 10.0, "currency": "USD", "amount_scope": "once", "actors": (actor("donor", "USA"), actor("recipient", "UKR"))}
    store(tmp_path, "r1", [extraction(source, *(mention(source, number, **fields, **shared) for number, fields in enumerate(both)))])
    with open_store(str(tmp_path)) as connection:
        assert connection.execute("SELECT incidents, amount FROM aid_totals").fetchall() == [(2, 10.0)]


def test_the_coarsest_precision_is_told(tmp_path: pathlib.Path) -> None:
    source = document("a")
    mentions = [mention(source, number, date_precision=each, locations=()) for number, each in enumerate(("day", "month", "week"))]
    store(tmp_path, "r1", [extraction(source, *mentions)])
    with open_store(str(tmp_path)) as connection:
        assert set(connection.execute("SELECT date_precision FROM actor_days").fetchall()) == {("month",)}


def test_one_month_of_the_undated_opens_no_file_of_mentions_of_another(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "_TOGETHER_BYTES", 0)
    sources = [document("a", "2025-03-10"), document("b", "2025-04-10"), document("c", None)]
    store(tmp_path, "r1", [extraction(each, mention(each, 1, date_basis="before")) for each in sources])
    query = "SELECT CAST(month AS VARCHAR), mentions FROM undated"
    with open_store(str(tmp_path)) as connection:
        assert set(connection.execute(query).fetchall()) == {("2025-03-01", 1), ("2025-04-01", 1), (None, 1)}
        (april,) = (tmp_path / "tables" / "strike" / "month=2025-04").iterdir()
        april.write_bytes(b"no Parquet")
        assert connection.execute(f"{query} WHERE month = DATE '2025-03-01'").fetchall() == [("2025-03-01", 1)]
        with pytest.raises(duckdb.Error):
            connection.execute(query).fetchall()


def test_an_older_file_reads_null_in_columns_that_it_lacks(tmp_path: pathlib.Path) -> None:
    import dataclasses
    import json

    import pyarrow.parquet as pq

    source = document("a")
    store(tmp_path, "r1", [extraction(source, mention(source, 1))])
    path = tmp_path / "manifest" / "00000001.json"
    manifest = json.loads(path.read_text())
    for each in manifest["files"]:
        if each["table"] == "strike":
            rows = pq.read_table(tmp_path / each["path"], partitioning=None)
            # An older version had neither this column nor this part of a place.
            places = pa.array([[{"text": "Odesa", "name": "Odesa"}]])
            rows = rows.drop_columns(["target_kind", "blame"]).set_column(rows.column_names.index("locations"), "locations", places)
            pq.write_table(rows, tmp_path / each["path"])
            each["schema"] = "older"
    path.write_text(json.dumps(manifest))
    assert dataclasses.is_dataclass(source)
    newer = document("b")
    with open_store(str(tmp_path)) as connection:
        assert connection.execute("SELECT target_kind, blame, weapon, location_name, location_country FROM strikes").fetchall() == [
            (None, None, "drone", "Odesa", None)
        ]
    store(tmp_path, "r2", [extraction(newer, mention(newer, 1))])
    with open_store(str(tmp_path)) as connection:
        assert connection.execute("SELECT doc_id, target_kind, location_country FROM strikes ORDER BY 1").fetchall() == [
            ("a", "", None),
            ("b", "energy", "UKR"),
        ]
