"""Whether a store is whole: files as they were written, rows that belong together, counts that add up, offsets that show the words."""

# ruff: noqa: S608 - every name and literal that becomes SQL here goes through `quote` or `identifier`, or is ours

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.catalog import identifier, quote
from pipeline.database import open_store
from schemas.columns import columns
from schemas.event_types import event_types
from schemas.tables import tables
from transforms.storage.files import Files, open_files
from transforms.storage.manifest import Manifest, StoredFile, current, schema_path

_READ_BYTES = 1 << 20
# Of each fault this many cases are named; a store that was damaged as a whole would fill the screen.
_NAMED = 3
_BATCH_ROWS = 2_000

_KEYS = {
    "documents": ("doc_id",),
    "event_actors": ("event_id", "position"),
    "incidents": ("incident_id",),
    "incident_members": ("event_id",),
    "incident_actors": ("incident_id", "role", "actor_id", "acts_for"),
    "duplicates": ("doc_id",),
    "actors": ("actor_id",),
    "runs": ("run_id",),
}


@dataclasses.dataclass(frozen=True)
class Fault:
    """Something that is not as it must be.

    Attributes:
        check: What was checked.
        count: How many cases there are.
        cases: The first few, each a file, an id or a sentence.
    """

    check: str
    count: int
    cases: tuple[str, ...]

    def __str__(self) -> str:
        more = f" and {self.count - len(self.cases):,} more" if self.count > len(self.cases) else ""
        return f"{self.check}: {', '.join(self.cases)}{more}"


@dataclasses.dataclass(frozen=True)
class Report:
    """What a check of a store has found.

    Attributes:
        version: The version that was checked, the newest.
        files: How many files it has.
        rows: Table -> rows.
        faults: What is wrong; nothing in a store that is whole.
    """

    version: int
    files: int
    rows: Mapping[str, int]
    faults: tuple[Fault, ...]


def verify(store: str) -> Report:
    """Checks the newest version of a store. Rows are looked at only where all files are as they were written.

    Raises:
        transforms.storage.errors.StoreError: There is no store, a newer dateline wrote it, or its manifest cannot be read.
    """
    files = open_files(store)
    manifest = current(files)
    faults = [*_file_faults(files, manifest), *_column_faults(files)]
    if not faults:
        with open_store(store) as connection:
            for check, query in _checks().items():
                if (fault := _fault(check, query, connection)) is not None:
                    faults.append(fault)
            faults += _offset_faults(connection)
    rows = {name: sum(file.rows for file in manifest.of(name)) for name in tables()}
    return Report(manifest.version, len(manifest.files), rows, tuple(faults))


def _file_faults(files: Files, manifest: Manifest) -> Iterator[Fault]:
    for check, wrong in (("files are there and hold what was written", _wrong_bytes), ("files hold as many rows as the manifest says", _wrong_rows)):
        cases = [f"{file.path} ({reason})" for file in manifest.files if (reason := wrong(files, file)) is not None]
        if cases:
            yield Fault(check, len(cases), tuple(cases[:_NAMED]))
            return


def _column_faults(files: Files) -> Iterator[Fault]:
    """The files without rows that show the columns: no version names them, and a run writes one that is missing."""
    cases = []
    for path in map(schema_path, tables().values()):
        try:
            if files.exists(path):
                with files.open(path) as source:
                    pq.ParquetFile(source)
        except (pa.ArrowException, OSError) as error:
            cases.append(f"{path} ({error}; delete it, the next run writes it anew)")
    if cases:
        yield Fault("files that show the columns can be read", len(cases), tuple(cases[:_NAMED]))


def _wrong_bytes(files: Files, file: StoredFile) -> str | None:
    digest, size = hashlib.blake2b(digest_size=16), 0
    try:
        with files.open(file.path) as source:
            while data := source.read(_READ_BYTES):
                digest.update(data)
                size += len(data)
    except FileNotFoundError:
        return "is missing"
    if size != file.bytes:
        return f"has {size} bytes, not {file.bytes}"
    return None if f"blake2b:{digest.hexdigest()}" == file.checksum else "has another checksum"


def _wrong_rows(files: Files, file: StoredFile) -> str | None:
    try:
        with files.open(file.path) as source:
            rows = pq.ParquetFile(source).metadata.num_rows
    except pa.ArrowException as error:
        return f"is no Parquet file: {error}"
    return None if rows == file.rows else f"has {rows} rows, not {file.rows}"


def _fault(check: str, query: str, connection: duckdb.DuckDBPyConnection) -> Fault | None:
    """A fault with the first column of what a query finds, if it finds anything."""
    found = connection.execute(f"SELECT CAST(CASES.found AS VARCHAR), count(*) OVER () FROM ({query}) AS CASES(found) ORDER BY 1 LIMIT {_NAMED}").fetchall()
    return Fault(check, int(found[0][1]), tuple(str(case) for case, _ in found)) if found else None


def _checks() -> dict[str, str]:
    """What must hold between rows: check -> a query whose rows are the cases in which it does not."""
    checks = {f"{table} has one row a key ({', '.join(key)})": _twice(f"store.{table}", key) for table, key in _KEYS.items()}
    checks["an event_id is given once over all event types"] = _twice("store.mentions", ("event_id",))
    for table, column, target, key in (
        *((name, "doc_id", "documents", "doc_id") for name in (*event_types(), "duplicates")),
        ("duplicates", "duplicate_of", "documents", "doc_id"),
        ("event_actors", "event_id", "mentions", "event_id"),
        ("incident_members", "event_id", "mentions", "event_id"),
        ("mentions", "event_id", "incident_members", "event_id"),
        ("mentions", "incident_id", "incidents", "incident_id"),
        ("incident_actors", "incident_id", "incidents", "incident_id"),
        ("incidents", "incident_id", "incident_members", "incident_id"),
        ("incidents", "part_of", "incidents", "incident_id"),
        ("incident_aliases", "incident_id", "incidents", "incident_id"),
        ("documents", "run_id", "runs", "run_id"),
        ("rejects", "run_id", "runs", "run_id"),
    ):
        checks[f"{column} of {table} is in {target}"] = (
            f"SELECT {column} FROM store.{table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM store.{target} WHERE {key} IS NOT NULL)"
        )
    return checks | _AGREEMENTS | _closed_sets()


def _twice(relation: str, key: tuple[str, ...]) -> str:
    named = ", ".join(key)
    return f"SELECT concat_ws(' ', {named}) FROM {relation} GROUP BY {named} HAVING count(*) > 1"


def _closed_sets() -> dict[str, str]:
    """Columns that are one of a few words, and hold another."""
    checks = {}
    for name, table in tables().items():
        for column in columns(table.record):
            if column.values and pa.types.is_string(column.arrow):
                allowed = ", ".join(quote(value) for value in column.values)
                checks[f"{column.name} of {name} is one of {', '.join(column.values)}"] = (
                    f"SELECT DISTINCT {identifier(column.name)} FROM store.{identifier(name)} WHERE {identifier(column.name)} NOT IN ({allowed})"
                )
    return checks


_AGREEMENTS = {
    "read = added + replaced + unchanged + skipped + failed in every run": """
        SELECT run_id FROM store.runs WHERE read <> added + replaced + unchanged + skipped + failed""",
    "a run has no more documents than it added and replaced": """
        SELECT run_id FROM store.runs JOIN (SELECT run_id, count(*) AS n FROM store.documents GROUP BY run_id) USING (run_id) WHERE n > added + replaced""",
    "a run has no more mentions than it counted": """
        SELECT run_id FROM store.runs JOIN (SELECT run_id, count(*) AS n FROM store.mentions GROUP BY run_id) USING (run_id) WHERE n > event_count""",
    "a run has no more rejects than it counted": """
        SELECT run_id FROM store.runs JOIN (
          SELECT run_id, count(*) FILTER (WHERE kind = 'skipped') AS s, count(*) FILTER (WHERE kind = 'failed') AS f FROM store.rejects GROUP BY run_id
        ) USING (run_id) WHERE s > skipped + unchanged + replaced OR f > failed""",
    "event_count of a document is the number of its mentions": """
        SELECT d.doc_id FROM store.documents d LEFT JOIN (SELECT doc_id, count(*) AS n FROM store.mentions GROUP BY doc_id) m USING (doc_id)
        WHERE d.event_count <> coalesce(m.n, 0)""",
    "mentions and their documents agree on the day of publication": """
        SELECT event_id FROM store.mentions m JOIN store.documents d USING (doc_id)
        WHERE m.published IS DISTINCT FROM d.published OR m.published_date IS DISTINCT FROM d.published_date""",
    "mentions and their incidents' members agree on the incident": """
        SELECT event_id FROM store.mentions m JOIN store.incident_members i USING (event_id) WHERE (m.incident_id, m.scope) <> (i.incident_id, i.scope)""",
    "actors and their mentions agree on the incident": """
        SELECT DISTINCT event_id FROM store.event_actors a JOIN store.mentions m USING (event_id)
        WHERE a.incident_id <> m.incident_id OR a.status <> m.status OR a.event_date IS DISTINCT FROM m.event_date""",
    "a mention has as many rows of actors as it has actors": """
        SELECT event_id FROM store.mentions m LEFT JOIN (SELECT event_id, count(*) AS n FROM store.event_actors GROUP BY event_id) a USING (event_id)
        WHERE len(m.actors) <> coalesce(a.n, 0)""",
    "an incident counts its mentions and documents": """
        SELECT i.incident_id FROM store.incidents i JOIN (
          SELECT incident_id, count(*) AS n, count(DISTINCT doc_id) AS d, count(DISTINCT source) AS s FROM store.incident_members GROUP BY incident_id
        ) m USING (incident_id) WHERE (i.mentions, i.documents, i.sources) <> (m.n, m.d, m.s)""",
    "an incident has the id of its first mention": """
        SELECT incident_id FROM store.mentions GROUP BY incident_id HAVING incident_id <> arg_min(event_id, (published IS NULL, published, event_id))""",
}


def _offset_faults(connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    """Evidence and triggers whose offsets do not show their words in the document's text, and actors whose offsets lie outside of it.

    An actor that no words name is inferred, and has the offsets of the word that it was inferred from.
    """
    wrong: dict[str, list[str]] = {}
    days = "SELECT DISTINCT date_trunc('month', published_date)::DATE FROM store.documents ORDER BY 1"
    for (month,) in connection.execute(days).fetchall():
        mentions: dict[str, list[dict[str, object]]] = {}
        within = "date_trunc('month', published_date)::DATE IS NOT DISTINCT FROM ?"
        query = (
            f"SELECT doc_id, event_id, sentence, sentence_start, sentence_end, trigger, trigger_start, trigger_end, actors FROM store.mentions WHERE {within}"
        )
        for row in connection.sql(query, params=[month]).to_arrow_table().to_pylist():
            mentions.setdefault(row["doc_id"], []).append(row)
        texts = connection.execute(f"SELECT doc_id, text FROM store.documents WHERE event_count > 0 AND {within}", [month])
        while rows := texts.fetchmany(_BATCH_ROWS):
            for doc_id, text in rows:
                for mention in mentions.get(doc_id, ()):
                    for check in _misplaced(text, mention):
                        wrong.setdefault(check, []).append(str(mention["event_id"]))
    return [Fault(check, len(cases), tuple(sorted(cases)[:_NAMED])) for check, cases in sorted(wrong.items())]


def _misplaced(text: str, mention: Mapping[str, object]) -> Iterator[str]:
    start, end = _span(mention, "sentence")
    for name in ("sentence", "trigger"):
        first, last = _span(mention, name)
        if not 0 <= first < last or text[first:last] != mention[name]:
            yield f"offsets of the {name} show its words"
        elif not start <= first < last <= end:
            yield f"the {name} stands in the evidence"
    actors = mention["actors"]
    for actor in actors if isinstance(actors, list) else ():
        first, last = int(actor["text_start"]), int(actor["text_end"])
        if not 0 <= first <= last <= len(text):
            yield "offsets of actors lie in the text"


def _span(mention: Mapping[str, object], name: str) -> tuple[int, int]:
    first, last = mention[f"{name}_start"], mention[f"{name}_end"]
    return (first, last) if isinstance(first, int) and isinstance(last, int) else (-1, -1)
