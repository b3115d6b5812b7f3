"""Who an actor is when gold and extraction are compared: a state by its code, an organisation or armed group by its id, others by their folded name."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from transforms.events.reference import Entity, armed_groups, organisations, persons, read_table

_CODE = re.compile(r"[A-Z]{3}")


class Known(NamedTuple):
    """What the reference tables make of a name."""

    key: str
    kind: str


def fold(name: str | None) -> str:
    """A name without case, accents, punctuation, brackets and leading article."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(each)).casefold()
    without_brackets = re.sub(r"\([^)]*\)", " ", plain)
    return re.sub(r"^(?:the|an?) ", "", re.sub(r"[^\w]+", " ", without_brackets).strip())


@functools.cache
def known_names() -> Mapping[str, Known]:
    """Folded name -> organisation or armed group: their names, other names and bodies, and the officials who speak for them."""
    found: dict[str, Known] = {}

    def add(name: str, known: Known) -> None:
        if fold(name):
            found.setdefault(fold(name), known)

    texts: list[tuple[str, Known]] = []
    for table, entities in (("organisations.tsv", organisations()), ("armed_groups.tsv", armed_groups())):
        rows = [(row, Known(row["id"], entities[row["id"]].kind)) for row in read_table("actors", table)]
        texts += [(row["name"], known) for row, known in rows] + [(row["id"].replace("-", " "), known) for row, known in rows]
        texts += [(text, known) for row, known in rows for text in f"{row['aliases']}|{row.get('bodies', '')}".split("|")]
    # What stands in brackets tells a namesake apart and is lost in folding: the plain name is that of the other.
    for text, known in sorted(texts, key=lambda each: "(" in each[0]):
        add(text, known)
    for entity, written in persons().values():
        speaks_for = _speaks_for(entity)
        for text in written:
            if speaks_for is not None and " " in text:
                add(text, speaks_for)
    return found


def _speaks_for(entity: Entity) -> Known | None:
    """The organisation whose official a person is, or was last, or the breakaway administration that it heads.

    As in the reference scorer, envoys for a subject (`on …`), who head neither a body nor a mission, and leaders of other armed groups count as themselves.
    """
    of_organisations = [each for each in entity.offices if each.organisation in organisations() and " on " not in each.title]
    offices = of_organisations + [each for each in entity.offices if each.organisation in armed_groups() and each.title == "Head"]
    if not offices:
        return None
    last = max(offices, key=lambda each: (each.end is None, each.start or datetime.date.min))
    of = organisations().get(str(last.organisation)) or armed_groups()[str(last.organisation)]
    return Known(str(of.actor_id), of.kind)


def party_of(actor: Mapping[str, object]) -> str:
    """What an actor counts as.

    Args:
        actor: A gold actor (`name`, `country`) or an extracted one (also `acts_for`, `kind`, `text`).

    Returns:
        An ISO 3166-1 alpha-3 code, the id of an organisation or armed group, or the folded name of whoever else it is.
    """
    stated = actor.get("acts_for")
    if isinstance(stated, str) and _CODE.fullmatch(stated):
        return stated
    name = _folded(actor)
    known = known_names().get(name)
    if (known is not None and known.kind == "armed_group") or actor.get("kind") == "armed_group" or not actor.get("country"):
        return name if known is None else known.key
    return str(actor["country"])


def is_resolved(actor: Mapping[str, object]) -> bool:
    """Whether an extracted actor names somebody: otherwise it counts neither for nor against."""
    return bool(actor.get("acts_for") or actor.get("country") or actor.get("actor_id")) or _folded(actor) in known_names()


def _folded(actor: Mapping[str, object]) -> str:
    stated = actor.get("acts_for")
    name = stated.replace("-", " ") if isinstance(stated, str) else actor.get("name") or actor.get("text")
    return fold(None if name is None else str(name))
