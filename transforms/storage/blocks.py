"""The block keys of staged mentions, made where the workers are: which mentions are compared with which follows from these small numbers alone."""

from __future__ import annotations

import dataclasses
import secrets

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.event_types import event_types
from transforms.incidents.protocol import BLOCKS, Clusterer
from transforms.storage.files import Files
from transforms.storage.light import light, light_columns
from transforms.storage.staging import StagedFile, write_staged

SCHEMA = pa.schema([pa.field("blocks", BLOCKS, nullable=False)])


def with_blocks(files: Files, file: StagedFile, clusterer: Clusterer) -> StagedFile:
    """A staged file with the block keys of its mentions beside it; of other rows, as it was.

    Args:
        files: The store.
        file: What a worker has staged.
        clusterer: The rules.
    """
    if file.table not in event_types() or file.blocks:
        return file
    with files.open(file.path) as source:
        parquet = pq.ParquetFile(source)
        groups = (parquet.read_row_group(group, columns=light_columns(file.table)) for group in range(parquet.num_row_groups))
        found = [SCHEMA.empty_table(), *(pa.table([clusterer.blocks(rows)], schema=SCHEMA) for rows in light(groups, file.table))]
    # Written anew under another name where it is done again: no reader finds half a file.
    path = f"{file.path.removesuffix('.parquet')}-{secrets.token_hex(4)}-blocks.parquet"
    write_staged(files, path, pa.concat_tables(found))
    return dataclasses.replace(file, blocks=path)
