"""The YAML pipeline of the documentation makes the store of `dateline run`."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess

from pipeline.database import open_store
from tests.engines.processes import INPUT, ROOT, SECONDS, readme_command
from tests.transforms.storage.synthetic import contents


def test_the_store_is_that_of_the_local_runner(yaml_python: str, local_store: pathlib.Path, tmp_path: pathlib.Path) -> None:
    store, events = tmp_path / "store", tmp_path / "events"
    variables = json.dumps({"INPUT": INPUT, "STORE": str(store), "EVENTS": str(events)})
    command = readme_command("yaml", jinja_variables=variables)
    done = subprocess.run(
        [yaml_python, *command], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    assert contents(store) == contents(local_store)
    written = [json.loads(line) for each in tmp_path.glob("events*") for line in each.read_text("utf-8").splitlines()]
    with open_store(str(store)) as connection:
        occurred = connection.execute("SELECT event_id FROM events WHERE status = 'occurred'").fetchall()
    assert sorted(each["event_id"] for each in written) == sorted(event_id for (event_id,) in occurred)
