"""Registers a store in a running Apache Superset, by its API: a database, a dataset and a bar chart of strikes by target.

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


def main(server: str, user: str, password: str, database: str) -> None:
    """Registers the store and makes the chart."""
    token = post(server, "security/login", {"username": user, "password": password, "provider": "db", "refresh": True}, None)["access_token"]
    # Read only: Superset then shares the file with every other reader.
    connection = {"connect_args": {"read_only": True}}
    stored = post(
        server,
        "database/",
        {"database_name": "dateline", "engine": "duckdb", "sqlalchemy_uri": f"duckdb:///{database}", "extra": json.dumps({"engine_params": connection})},
        token,
    )
    dataset = post(server, "dataset/", {"database": stored["id"], "schema": "main", "table_name": "strikes done", "sql": QUERY}, token)
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
    chart = post(
        server,
        "chart/",
        {
            "slice_name": "Strikes by country and weapon",
            "viz_type": form["viz_type"],
            "datasource_id": dataset["id"],
            "datasource_type": "table",
            "params": json.dumps(form),
        },
        token,
    )
    print(f"{server}/explore/?slice_id={chart['id']}")


def post(server: str, path: str, body: dict[str, Any], token: str | None) -> dict[str, Any]:
    """What the API answers to a request."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"{server}/api/v1/{path}", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            answer: dict[str, Any] = json.load(response)
    except urllib.error.HTTPError as error:
        sys.exit(f"{path}: {error.code} {error.read().decode()}")
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
