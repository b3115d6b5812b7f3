"""What a run has staged, as publishing reads it: by table, without the copies of documents that do not stay."""

from __future__ import annotations

import contextlib
import pathlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.tables import tables
from transforms.storage.errors import StoreDamagedError
from transforms.storage.files import Files
from transforms.storage.spool import MonthlySpool
from transforms.storage.staging import StagedFile


class Staged:
    """The staged parts of a run.

    Args:
        files: The store.
        staged: All files that the workers have told of.
    """

    def __init__(self, files: Files, staged: Iterable[StagedFile]) -> None:
        self._files = files
        self._by_table: dict[str, list[StagedFile]] = {}
        for file in sorted(staged, key=lambda each: each.path):
            self._by_table.setdefault(file.table, []).append(file)
        self._dropped: Mapping[str, set[str]] = {}

    def check(self) -> None:
        """Looks whether every staged file is there and whole.

        Raises:
            StoreDamagedError: One is missing or has another number of rows than the worker wrote.
        """
        for file in (each for found in self._by_table.values() for each in found):
            for path in filter(None, (file.path, file.blocks)):
                try:
                    with self._files.open(path) as source:
                        rows = pq.ParquetFile(source).metadata.num_rows
                except (FileNotFoundError, pa.ArrowException) as error:
                    raise StoreDamagedError(
                        f"{self._files.absolute(path)} was staged and is missing or broken ({error}); run the same command again"
                    ) from error
                if rows != file.rows:
                    raise StoreDamagedError(f"{self._files.absolute(path)} has {rows} rows where {file.rows} were staged; run the same command again")

    def without(self, dropped: Mapping[str, set[str]]) -> None:
        """From here on leaves out documents, with all rows of theirs: part -> doc_ids."""
        self._dropped = {part: found for part, found in dropped.items() if found}

    def has(self, table: str) -> bool:
        """Whether a table has staged rows."""
        return table in self._by_table

    def rows(self, table: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Staged rows of a table, a row group at a time.

        Args:
            table: Its name.
            columns: The columns wanted; None for all. Mentions have one more, `blocks`, their block keys.
        """
        for _, rows in self.rows_by_part(table, columns):
            yield rows

    def rows_by_part(self, table: str, columns: list[str] | None = None) -> Iterator[tuple[str, pa.Table]]:
        """Like `rows`, each piece with its part."""
        wanted = tables()[table].schema.names if columns is None else columns
        of_documents = "doc_id" in tables()[table].schema.names
        for file in self._by_table.get(table, []):
            dropped = self._dropped.get(file.part) if of_documents else None
            read = wanted if dropped is None or "doc_id" in wanted else [*wanted, "doc_id"]
            blocks = self._blocks(file) if "blocks" in wanted else None
            start = 0
            with self._files.open(file.path) as source:
                parquet = pq.ParquetFile(source)
                for group in range(parquet.num_row_groups):
                    rows = parquet.read_row_group(group, columns=read)
                    if blocks is not None:
                        rows = rows.append_column("blocks", blocks.slice(start, rows.num_rows))
                        start += rows.num_rows
                    if dropped is not None:
                        rows = rows.filter(pc.invert(pc.is_in(rows.column("doc_id"), value_set=pa.array(sorted(dropped), pa.string()))))
                    yield file.part, rows.select(wanted)

    def _blocks(self, file: StagedFile) -> pa.ChunkedArray:
        with self._files.open(file.blocks) as source:
            return pq.read_table(source).column("blocks")

    @contextlib.contextmanager
    def by_month(self, table: str) -> Iterator[dict[str, Iterator[pa.Table]]]:
        """Month -> the rows of a table, each to be read once."""
        with tempfile.TemporaryDirectory(prefix="dateline-") as scratch, contextlib.closing(MonthlySpool.of(pathlib.Path(scratch), table)) as spool:
            for rows in self.rows(table):
                spool.put(rows)
            yield spool.by_month()
