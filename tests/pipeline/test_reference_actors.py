from __future__ import annotations

from pipeline.reference_actors import reference_actors
from schemas.tables import tables


def test_actors_fit_the_table_and_are_named_once() -> None:
    found = reference_actors()
    assert found.schema.equals(tables()["actors"].schema)
    ids = found.column("actor_id").to_pylist()
    assert ids == sorted(set(ids))
    rows = {row["actor_id"]: row for row in found.to_pylist()}
    assert (rows["UKR"]["kind"], rows["UKR"]["acts_for"]) == ("state", "UKR")
    assert (rows["nato"]["kind"], rows["nato"]["country"]) == ("organisation", None)
    assert rows["hamas"]["kind"] == "armed_group"
    assert any(office["title"] == "Secretary-General" for office in rows["kofi-annan"]["offices"])
    assert rows["kofi-annan"]["acts_for"] is None
