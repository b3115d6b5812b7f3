"""The reference tables of actors (`seeds/actors/`): states, persons with their offices, organisations, armed groups, agent nouns, titles."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import functools
import importlib.resources
import itertools
import re
import unicodedata
from collections.abc import Iterator

import pycountry


@dataclasses.dataclass(frozen=True, slots=True)
class Office:
    """One tenure: who held what for whom, from when to when (inclusive; None is open)."""

    office: str
    sector: str
    title: str
    country: str | None
    organisation: str | None
    start: datetime.date | None
    end: datetime.date | None

    def held_on(self, day: datetime.date | None) -> bool:
        """Whether the office was held on a day; an unknown day falls into an open tenure only."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclasses.dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that can act: what an actor resolves to.

    `acts_for` is that of the entity itself; a person's follows from the office held on the day (`reference.acting`).
    """

    actor_id: str | None
    name: str
    kind: str
    acts_for: str | None = None
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    offices: tuple[Office, ...] = ()
    until: datetime.date | None = None
    """An armed group that became a government: the day from which it counts as its state."""


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A way to write an entity, and what kind of word it is."""

    text: str
    form: str  # name, demonym, people, capital, seat, body
    entity: Entity


@dataclasses.dataclass(frozen=True, slots=True)
class AgentNoun:
    """A noun for somebody who acts: `troops`, `negotiators`, `rebels`."""

    lemma: str
    number: str
    sector: str
    acts_for_state: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Title:
    """A title before a name or with `of`: `Foreign Minister`, `Gen.`, `opposition leader`."""

    text: str
    office: str
    sector: str
    acts_for_state: bool


def read_table(*path: str) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table of `seeds/`; lines that begin with `#` are comments.

    Raises:
        ValueError: A row has another number of cells than the header; the message names file and row.
    """
    file = importlib.resources.files("seeds").joinpath(*path)
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(reader)
    for cells in reader:
        if len(cells) != len(header):
            raise ValueError(f"seeds/{'/'.join(path)}: {len(cells)} cells instead of {len(header)} in the row that begins with {cells[:2]}")
        yield dict(zip(header, cells, strict=True))


def _many(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _day(text: str, *, last: bool) -> datetime.date | None:
    """A date that may lack day or month, as the first or last day that it can mean."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    if len(parts) == 1:
        return datetime.date(parts[0], 12, 31) if last else datetime.date(parts[0], 1, 1)
    year, month = parts
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1) if last else datetime.date(year, month, 1)


# Sectors whose people act in their state's name (events.md: government, forces, officials); single legislators, parties and opposition act for themselves.
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD"})
# Sectors of those who bear arms for a state or against one.
ARMED_SECTORS = frozenset({"MIL", "UAF", "REB", "CRM"})


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """In whose name an entity counts on a day, and by which office."""

    acts_for: str | None
    country: str | None
    sector: str | None
    office: str | None


def standing(entity: Entity, day: datetime.date | None) -> Standing:
    """In whose name an entity counts on a day.

    Args:
        entity: Whom the words were resolved to.
        day: The event's day, else the day of publication; None where neither is known.
    """
    if entity.kind == "armed_group" and entity.until and (day is None or day >= entity.until) and entity.country:
        return Standing(entity.country, entity.country, "GOV", None)
    if entity.kind != "person" or not entity.offices:
        return Standing(entity.acts_for, entity.country, entity.sector, None)
    held = [office for office in entity.offices if office.held_on(day)]
    if not held and day is not None:
        # Tables end where their knowledge ended: the last office counts on, unless it is known to have ended.
        held = [office for office in entity.offices if office.end is None and (office.start is None or office.start <= day)]
    if not held:
        # whoever led an armed group stays one of its own: `the assassination of Nasrallah`
        led = [office for office in entity.offices if office.organisation in armed_groups()]
        held = [office for office in led if day is None or office.start is None or office.start <= day][-1:]
    held.sort(key=lambda office: (office.sector not in STATE_SECTORS and office.organisation is None, office.office == "other"))
    if not held:
        return Standing(None, entity.country, None, None)
    office = held[0]
    if office.organisation:
        return Standing(office.organisation, _group_country(office.organisation), office.sector, office.title)
    acts_for = office.country if office.sector in STATE_SECTORS else None
    return Standing(acts_for, office.country, office.sector, office.title)


def _group_country(identity: str) -> str | None:
    group = armed_groups().get(identity) or organisations().get(identity)
    return group.country if group else None


@functools.cache
def states() -> dict[str, Entity]:
    """State by ISO 3166-1 alpha-3 code."""
    return {row["code"]: Entity(row["code"], row["name"], "state", row["code"], row["code"], "GOV") for row in read_table("actors", "states.tsv")}


def country_name(code: str) -> str:
    """The short English name of a country; the code itself where no table knows it."""
    if code in states():
        return states()[code].name
    found = pycountry.countries.get(alpha_3=code)
    return str(found.name) if found else code


@functools.cache
def organisations() -> dict[str, Entity]:
    """Organisation by id: international ones act for themselves, national ones too but with their country."""
    return {
        row["id"]: Entity(row["id"], row["name"], "organisation", row["id"], row["country"] or None, row["sector"] or None)
        for row in read_table("actors", "organisations.tsv")
    }


@functools.cache
def armed_groups() -> dict[str, Entity]:
    """Armed group by id."""
    return {
        row["id"]: Entity(
            row["id"],
            row["name"],
            "armed_group",
            row["id"],
            row["country"] or None,
            row["sector"] or None,
            until=_day(row["to"], last=False) if row["became"] == "state" else None,
        )
        for row in read_table("actors", "armed_groups.tsv")
    }


@functools.cache
def persons() -> dict[str, tuple[Entity, tuple[str, ...]]]:
    """Person by id, with all ways to write the name."""
    rows: dict[str, list[dict[str, str]]] = {}
    folder = importlib.resources.files("seeds").joinpath("actors")
    for file in sorted(each.name for each in folder.iterdir() if each.name.startswith("officials_")):
        for row in read_table("actors", file):
            rows.setdefault(row["id"], []).append(row)
    found = {}
    for identity, tenures in rows.items():
        offices = tuple(
            Office(
                row["office"], row["sector"], row["title"], row.get("country") or None, row.get("organisation") or None,
                _day(row["from"], last=False), _day(row["to"], last=True),
            )
            for row in tenures
        )  # fmt: skip
        first = tenures[0]
        country = next((office.country for office in offices if office.country), None)
        entity = Entity(identity, first["name"], "person", None, country, None, first["gender"] or None, offices)
        aliases = dict.fromkeys(name for row in tenures for name in [row["name"], *_many(row["aliases"])])
        found[identity] = entity, tuple(aliases)
    return found


@functools.cache
def members() -> dict[str, tuple[Entity, ...]]:
    """Id of a group of states without a body of its own -> the states that make it up (`seeds/actors/members.tsv`)."""
    return {row["organisation"]: tuple(states()[code] for code in _many(row["states"])) for row in read_table("actors", "members.tsv")}


@functools.cache
def agent_nouns() -> dict[str, AgentNoun]:
    """Agent noun by lemma."""
    return {
        row["noun"]: AgentNoun(row["noun"], row["number"], row["sector"], row["acts_for_state"] == "yes") for row in read_table("actors", "agent_nouns.tsv")
    }


@functools.cache
def guest_nouns() -> frozenset[str]:
    """Agent nouns by lemma of whom is received in some function, though the text names nobody: `received elders`, `hosted ministers`."""
    return frozenset(lemma for lemma, noun in agent_nouns().items() if noun.acts_for_state or noun.sector in ("ELI", "LEG", "OPP", "PTY", "REL"))


@functools.cache
def titles() -> dict[str, Title]:
    """Title by its lower-case words."""
    return {
        row["title"].lower().rstrip("."): Title(row["title"], row["office"], row["sector"], row["acts_for_state"] == "yes")
        for row in read_table("actors", "titles.tsv")
    }


@functools.cache
def title_nouns() -> frozenset[str]:
    """The nouns of all titles: `secretary` of `Secretary of State`."""
    return frozenset(title.split(" of ")[0].split()[-1] for title in titles())


@functools.cache
def namesakes() -> dict[tuple[str, str], re.Pattern[str]]:
    """Name and the publisher's country in whose texts it means a place at home -> the words that say otherwise."""
    rows = read_table("actors", "namesakes.tsv")
    return {(row["text"], row["home"]): re.compile(rf"\b(?:{'|'.join(map(re.escape, _many(row['unless'])))})\b") for row in rows}


def slug(name: str) -> str:
    """A name as an identifier: lower-case ASCII letters and digits joined by hyphens."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _state_names() -> Iterator[Name]:
    forms = {"name": "name", "aliases": "name", "demonyms": "demonym", "people": "people", "capital": "capital", "seats": "seat", "former": "former"}
    for row in read_table("actors", "states.tsv"):
        for column, form in forms.items():
            for text in _many(row[column]):
                yield Name(text, form, states()[row["code"]])


def _body_names() -> Iterator[Name]:
    """Parliaments, armed forces, ministries: each with an id of its own, acting for its state where it is not the legislature's."""
    for row in read_table("actors", "state_bodies.tsv"):
        entity = Entity(slug(row["name"]), row["name"], "organisation", row["country"], row["country"], row["sector"])
        for text in [row["name"], *_many(row["aliases"])]:
            yield Name(text, "body", entity)


def _group_names() -> Iterator[Name]:
    for table, entities in (("organisations.tsv", organisations()), ("armed_groups.tsv", armed_groups())):
        for row in read_table("actors", table):
            for text in [row["name"], *_many(row["aliases"])]:
                yield Name(text, "name", entities[row["id"]])
            for text in _many(row.get("bodies", "")):
                yield Name(text, "body", entities[row["id"]])


_ARTICLE = re.compile(r" [Aa]l[- ](?=[A-Z])")


def _person_names() -> Iterator[Name]:
    for entity, texts in persons().values():
        for text in dict.fromkeys(spelling for each in texts for spelling in _spellings(each)):
            yield Name(text, "name", entity)


def _spellings(name: str) -> Iterator[str]:
    """A name, and the ways in which writers set the Arabic article and the sign for ayn in it: `Shia' al-Sudani`, `Shia al-Sudani`, `Shia' Al Sudani`."""
    for plain in dict.fromkeys((name, name.replace("' ", " "))):
        yield plain
        if _ARTICLE.search(plain):
            yield from (_ARTICLE.sub(article, plain) for article in (" al-", " Al-", " al ", " Al "))


@functools.cache
def names() -> dict[str, tuple[Name, ...]]:
    """Every way to write an entity of the tables, with all that it can mean, states first."""
    found: dict[str, list[Name]] = {}
    for name in itertools.chain(_state_names(), _body_names(), _group_names(), _person_names()):
        found.setdefault(name.text.replace("’", "'"), []).append(name)
    return {text: tuple(each) for text, each in found.items()}
