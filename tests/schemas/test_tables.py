from __future__ import annotations

import dataclasses
import subprocess
import sys

import pyarrow as pa
import pytest

from schemas.columns import column, columns
from schemas.event_types import event_types, own_columns
from schemas.mention import Mention
from schemas.tables import Table, incident_record, mention_columns, stored_mention, tables


def test_every_event_type_has_a_table_and_its_fields_in_incidents() -> None:
    for name, record in event_types().items():
        assert set(tables()[name].schema.names) > {each.name for each in columns(record)}
        for each in own_columns(record):
            field = tables()["incidents"].schema.field(each.name)
            assert field.nullable
            assert field.type == each.arrow
    # Deriving records makes no new event types.
    event_types.cache_clear()
    assert {name: record.__name__ for name, record in event_types().items()} == {"aid_decision": "AidDecision", "meeting": "Meeting", "strike": "Strike"}


def test_mentions_of_all_types_share_columns() -> None:
    shared = [each.name for each in mention_columns()]
    assert {each.name for each in columns(Mention)} < set(shared)
    assert all(set(shared) <= set(tables()[name].schema.names) for name in event_types())


def test_what_a_table_splits_and_sorts_by_is_one_of_its_columns() -> None:
    for table in tables().values():
        assert set(table.order) <= set(table.schema.names)
        if table.month_of is not None:
            assert table.schema.field(table.month_of).type == pa.date32()
        assert all(field.metadata[b"meaning"] for field in table.schema)


def test_offices_have_the_columns_from_and_to() -> None:
    office = tables()["actors"].schema.field("offices").type.value_type
    assert [field.name for field in office] == ["office", "title", "from", "to"]


def test_a_digest_changes_with_the_columns() -> None:
    digests = {table.schema_digest for table in tables().values()}
    assert len(digests) == len(tables())
    assert Table("other", stored_mention(event_types()["strike"]), "").schema_digest == tables()["strike"].schema_digest


def test_types_have_the_names_that_arrow_gives_them() -> None:
    for table in tables().values():
        assert [each.arrow_name for each in columns(table.record)] == [str(field.type) for field in table.schema]


@pytest.mark.parametrize("hint", [bytes, int | str, tuple[bytes, ...], dict[str, str]])
def test_a_type_that_no_column_can_have_is_told(hint: object) -> None:
    record = dataclasses.make_dataclass("Odd", [("odd", hint, column("what cannot be"))])
    with pytest.raises(TypeError, match="column"):
        columns(record)


def test_asking_sql_does_not_load_arrow() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, pipeline.database, pipeline.asking, pipeline.query; print('pyarrow' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "False"


def test_incidents_of_all_types_are_one_record() -> None:
    assert incident_record() is incident_record()
    assert {each.name for each in columns(incident_record())} >= {"incident_id", "weapon", "format", "decision"}
