"""Stores that say something else than what was written."""

from __future__ import annotations

import hashlib
import json
import pathlib
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def change(folder: pathlib.Path, table: str, edit: Callable[[list[dict[str, Any]]], None]) -> None:
    """Writes each file of a table anew with other rows, and the newest manifest so that it fits: only what rows say of each other is then wrong."""
    newest = max((folder / "manifest").glob("*.json"))
    manifest = json.loads(newest.read_text())
    for entry in manifest["files"]:
        if entry["table"] == table:
            path = folder / entry["path"]
            schema, rows = pq.read_schema(path), pq.read_table(path, partitioning=None).to_pylist()
            edit(rows)
            pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
            data = path.read_bytes()
            entry |= {"rows": len(rows), "bytes": len(data), "checksum": f"blake2b:{hashlib.blake2b(data, digest_size=16).hexdigest()}"}
    newest.write_text(json.dumps(manifest))
