from __future__ import annotations

import pathlib

import pytest

from pipeline.asking import ask
from pipeline.database import open_store
from pipeline.errors import UsageError
from pipeline.hints import columns_by_view, explained


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT evnt_type FROM events", "Did you mean event_type?"),
        ("SELECT e.evnt_type FROM events AS e", "Did you mean event_type?"),
        ("SELECT actors[1].nme FROM events", "Did you mean name?"),
        ("SELECT a.nme FROM events, unnest(actors) AS t(a)", "Did you mean name?"),
        ("SELECT a.surface FROM events, unnest(actors) AS t(a)", "Its fields are role, text, actor_id, "),
        ("SELECT l.surface FROM (SELECT unnest(locations) AS l FROM events)", "Its fields are text, name, country, "),
        ("SELECT a.surface FROM event_actors AS a", "event_actors (a) has no column 'surface'. It has event_id, "),
        ("SELECT i.rolle, e.rolle FROM incidents i JOIN event_actors e USING (incident_id)", "incidents (i) has no column 'rolle'. It has incident_id, "),
        ("SELECT e.rolle FROM incidents i JOIN event_actors e USING (incident_id)", "event_actors (e) has no column 'rolle'. Did you mean role?"),
        ("SELECT event_actors.weapon FROM event_actors", "event_actors has no column 'weapon'. It is a column of incidents, strike_days, strikes."),
        ("WITH q AS (SELECT 1 AS r) SELECT x.role FROM q AS x", 'Values list "x" does not have a column named "role".'),
        ("SELECT country FROM incidents", "Did you mean location_country?"),
        ("SELECT date FROM events", "Did you mean event_date?"),
        ("SELECT format FROM events", "It is a column of incidents, meetings."),
        ("SELECT wepon FROM meetings", "Did you mean weapon, a column of incidents, strike_days, strikes?"),
        ("SELECT qwertyz FROM events", "`dateline schema events` shows the columns."),
        ("SELECT * FROM evnts", "Did you mean events?"),
        ("SELECT * FROM xyzzy", "The views are actor_days, "),
    ],
)
def test_the_nearest_name_is_said(query: str, said: str, news_store: pathlib.Path) -> None:
    with open_store(str(news_store)) as connection, pytest.raises(UsageError) as raised:
        ask(connection, query)
    assert said in str(raised.value)
    assert "Candidate" not in str(raised.value)


def test_other_messages_stay_as_they_are() -> None:
    assert explained("Parser Error: syntax error", "SELEC", {}) == "Parser Error: syntax error"


def test_columns_are_those_of_the_views(news_store: pathlib.Path) -> None:
    with open_store(str(news_store)) as connection:
        found = columns_by_view(connection)
        assert found["meetings"] == tuple(row[0] for row in connection.execute("DESCRIBE meetings").fetchall())
