"""What the store asks of the clustering of mentions into incidents.

The store knows which mentions a run may have changed; the clusterer knows what makes two mentions one incident. They meet here and nowhere else.

Contract of a clusterer, on which the store's promise rests (incidents are a function of the store's mentions alone, not of the order or number of runs):

* `blocks`: the keys of a mention depend on that mention alone. Two mentions that share none never bear on one another directly.
* `assign`: an *edge* joins two mentions that bear on one another (they may be one incident, or one keeps the other out of an incident). Whether there is an
  edge depends on those two mentions alone. Mentions that are connected through edges form a *component*, and the incidents within it depend on its mentions
  alone. Rows of several components may be given together. What is given of a component in part is not used, and does not change the others.
* `summarise`: the row of an incident depends on its mentions alone.
* `link_keys` and `link`: the keys of an incident depend on its row alone, and what it is linked with on the rows that share a key with it.
* `version` changes whenever the same mentions could give other answers; the store then clusters everything again.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import pyarrow as pa

from schemas.columns import arrow_schema
from schemas.event_types import event_types, own_columns
from schemas.mention import Mention

_HEAVY = {
    "sentence",
    "sentence_start",
    "sentence_end",
    "trigger_start",
    "trigger_end",
    "date_text",
    "attributed_to",
    "blame",
    "rule",
    "model",
    "version",
    "run_id",
}
_HEAVY_WITHIN = {"text", "text_start", "text_end", "office", "reason"}

MEMBERS = pa.schema([pa.field("event_id", pa.string(), False), pa.field("incident_id", pa.string(), False), pa.field("component_id", pa.string(), False)])
"""What `Clusterer.assign` returns first."""

BLOCKS = pa.list_(pa.int32())
"""Keys as the store keeps them: numbers of 31 bits. Two that fall together only make it look at more than it must."""

LINKS = pa.schema(
    [
        pa.field("incident_id", pa.string(), False),
        pa.field("part_of", pa.string()),
        pa.field("package_id", pa.string()),
        pa.field("told_by_parts", pa.bool_(), False),
    ]
)
"""What `Clusterer.link` returns."""

COUNTED = ("month", "acting", "receiving", "mentions", "documents", "sources", "first_published", "first_published_date")
"""Columns of `incidents` that the store counts by itself, the same way for every type; `Clusterer.summarise` leaves them out."""

LINKED = ("part_of", "package_id", "told_by_parts", "link_blocks")
"""Columns of `incidents` that say how incidents belong together; `Clusterer.link` gives all but the last, which the store keeps to find them by."""


@functools.cache
def light_schema() -> pa.Schema:
    """The columns of a mention that clustering sees.

    All of `Mention` but the evidence, who says so and what made it (the trigger's words are kept, of actors and places their names); then `source` (its
    document's publisher) and `duplicate_of` (the earlier document with the same text, or null); then the own fields of every event type, null in mentions of
    another type.
    """
    fields = [_lighter(field) for field in arrow_schema(Mention) if field.name not in _HEAVY]
    fields += [pa.field("source", pa.string()), pa.field("duplicate_of", pa.string())]
    own = {each.name: pa.field(each.name, each.arrow) for record in event_types().values() for each in own_columns(record)}
    return pa.schema(fields + list(own.values()))


def _lighter(field: pa.Field) -> pa.Field:
    """A column of lists of records without the parts of these that clustering does not see."""
    if not pa.types.is_list(field.type):
        return field
    kept = [each for each in field.type.value_type if each.name not in _HEAVY_WITHIN]
    return field.with_type(pa.list_(field.type.value_field.with_type(pa.struct(kept))))


class Clusterer(Protocol):
    """Joins mentions of one real-world event into incidents. Tables of mentions have `light_schema()`, and all of their rows are of one event type."""

    version: str
    """Fingerprint of the rules: another one makes the store cluster all its mentions again."""
    link_columns: Sequence[str]
    """The columns of `incidents` that `link_keys` and `link` look at; `event_type` and `event_date` among them."""

    def blocks(self, mentions: pa.Table) -> pa.Array:
        """The block keys of each mention, in `BLOCKS`, in the order of the rows. Mentions of different types share none but by chance."""

    def assign(self, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Each mention's incident and component, in `MEMBERS`, one row a mention; then `blocks`, its block keys, and what else `summarise` wants to have back.

        Args:
            parts: The mentions in any number of pieces, sorted by published (nulls last), event_id.

        Returns:
            A row for each mention, in any number of pieces, in the order of the rows.

        `incident_id` is the event_id of the incident's first mention in the order of the rows; `component_id` is any id that the mentions of a component share
        and others do not, chosen by the same mentions in the same way (where incidents are connected components, the incident_id itself).
        """

    def summarise(self, mentions: pa.Table, members: pa.Table) -> pa.Table:
        """One row an incident: any of the columns of `schemas.tables.incident_record()` but `COUNTED` and `LINKED`; what is left out reads as null.

        `members` is what `assign` has given for the mentions, in any order.
        Each own field is that of the latest-published mention that states it and is not `denied`.
        """

    def link_keys(self, incidents: pa.Table) -> list[set[str]]:
        """The keys by which incidents belong together, in the order of the rows. Incidents of different types share none."""

    def link(self, incidents: pa.Table) -> pa.Table:
        """How incidents belong together: one row each, with `incident_id`, `part_of`, `package_id` and `told_by_parts`.

        `incidents` are rows of the store's table with `link_columns`. Right for those of which all that share a key are given.
        """
