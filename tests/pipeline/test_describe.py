from __future__ import annotations

import pytest

from pipeline.catalog import views
from pipeline.describe import descriptions
from schemas.tables import tables


def test_every_view_and_table_is_there_and_every_column_has_a_meaning() -> None:
    assert set(descriptions()) == {*views(), *(f"store.{name}" for name in tables())}
    for relation in descriptions().values():
        assert relation.meaning
        assert [column.name for column in relation.columns if not column.meaning or not column.type] == []


@pytest.mark.parametrize(
    ("relation", "column", "kind"),
    [
        ("events", "actors", "STRUCT[]"),
        ("events", "actors[].acts_for", "VARCHAR"),
        ("strikes", "killed_min", "INTEGER"),
        ("actors", "offices[].from", "VARCHAR"),
    ],
)
def test_columns_have_their_types(relation: str, column: str, kind: str) -> None:
    assert {each.name: each.type for each in descriptions()[relation].columns}[column] == kind
