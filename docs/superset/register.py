"""Registers a store in a running Apache Superset, by its API: a database, a dataset and a bar chart of strikes by country and weapon.

    python register.py http://localhost:8088 admin PASSWORD /path/to/store/events.duckdb

Prints the address of the chart. Needs nothing but Python.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from typing import Any

QUERY = """
SELECT event_date, location_country, weapon, killed_min, sources
FROM incidents
WHERE event_type = 'strike' AND status IN ('occurred', 'ongoing')
"""


class Superset:
    """The API of a server, once somebody has logged in.

    Args:
        server: Its address.
        user: Who logs in.
        password: With what.
    """

    def __init__(self, server: str, user: str, password: str) -> None:
        self._server = server
        # What changes something needs a token against forgery as well, which holds for one session: its cookie is kept.
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._headers = {"Content-Type": "application/json", "Referer": server}
        login = {"username": user, "password": password, "provider": "db", "refresh": True}
        self._headers["Authorization"] = f"Bearer {self.ask('security/login', login)['access_token']}"
        self._headers["X-CSRFToken"] = self.ask("security/csrf_token/")["result"]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the API answers to a request; with a body it is a POST."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._server}/api/v1/{path}", data, self._headers)
        try:
            with self._opener.open(request, timeout=120) as response:
                answer: dict[str, Any] = json.load(response)
        except urllib.error.HTTPError as error:
            sys.exit(f"{path}: {error.code} {error.read().decode()}")
        return answer


def main(server: str, user: str, password: str, database: str) -> None:
    """Registers the store and makes the chart."""
    superset = Superset(server, user, password)
    # Read only: Superset then shares the file with every other reader.
    connection = {"connect_args": {"read_only": True}}
    stored = superset.ask(
        "database/",
        {"database_name": "dateline", "engine": "duckdb", "sqlalchemy_uri": f"duckdb:///{database}", "extra": json.dumps({"engine_params": connection})},
    )
    dataset = superset.ask("dataset/", {"database": stored["id"], "schema": "main", "table_name": "strikes done", "sql": QUERY})
    form = {
        "viz_type": "echarts_timeseries_bar",
        "datasource": f"{dataset['id']}__table",
        "x_axis": "location_country",
        "groupby": ["weapon"],
        "metrics": ["count"],
        "stack": "Stack",
        "adhoc_filters": [],
        "row_limit": 1000,
    }
    chart = superset.ask(
        "chart/",
        {
            "slice_name": "Strikes by country and weapon",
            "viz_type": form["viz_type"],
            "datasource_id": dataset["id"],
            "datasource_type": "table",
            "params": json.dumps(form),
        },
    )
    print(f"{server}/explore/?slice_id={chart['id']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
