"""Reads the gold of clustering (`tests/gold/incidents/form.md`) and scores clusterings against it."""

from __future__ import annotations

import dataclasses
import pathlib
import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from schemas.mention import STATUSES
from tests.transforms.incidents.mentions import aid, meeting, strike

FOLDER = pathlib.Path(__file__).parent / "incidents"
# Rough rates [USD]: the gold asks whether amounts are compared over currencies, not which rate is right.
_RATES = {"USD": 1.0, "EUR": 1.08, "GBP": 1.27, "CAD": 0.7, "NOK": 0.095, "SEK": 0.098}
_AMOUNT = re.compile(r"([\d.]+)([mb])([A-Z]{3})")
_DATE = re.compile(r"(carried:)?(\d\d-\d\d)(?:\.\.(\d\d-\d\d))?")


@dataclasses.dataclass(frozen=True)
class GoldDocument:
    """An invented article: its sentences are those of its mentions."""

    doc_id: str
    published: str
    source: str
    sentences: list[str]

    @property
    def text(self) -> str:
        """The article as it would be printed."""
        return " ".join(self.sentences)


@dataclasses.dataclass(frozen=True)
class Gold:
    """One file.

    Attributes:
        event_type: The type of its mentions.
        documents: Its articles.
        mentions: Rows as clustering takes them; `event_id` is `doc_id:number of the sentence`.
        incidents: event_id -> the incident that it reports.
        part_of: Incident -> its whole.
        packages: Incidents that are the steps of one package.
    """

    event_type: str
    documents: list[GoldDocument]
    mentions: list[dict[str, Any]]
    incidents: dict[str, str]
    part_of: dict[str, str]
    packages: list[frozenset[str]]


def read_gold(event_type: str) -> Gold:
    """The gold of an event type."""
    gold = Gold(event_type, [], [], {}, {}, [])
    for line in (FOLDER / f"{event_type}s.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            doc_id, published, source = line[3:].split()
            gold.documents.append(GoldDocument(doc_id, published, source, []))
        elif line.startswith("part "):
            _, part, whole = line.split()
            gold.part_of[part] = whole
        elif line.startswith("package "):
            gold.packages.append(frozenset(line.split()[1:]))
        elif "|" in line:
            values, _, sentence = line.partition(" | ")
            incident, *tokens = values.split()
            document = gold.documents[-1]
            event_id = f"{document.doc_id}:{len(document.sentences):02d}"
            gold.mentions.append(_MAKERS[event_type](_told(tokens, document) | {"event_id": event_id}))
            gold.incidents[event_id] = incident
            document.sentences.append(sentence)
    return gold


def _told(tokens: list[str], document: GoldDocument) -> dict[str, Any]:
    """The arguments of `tests.transforms.incidents.mentions` that the values of a line stand for."""
    found: dict[str, Any] = {"doc": document.doc_id, "published": document.published, "source": document.source, "at": []}
    year = document.published[:4]
    for token in tokens:
        name, equals, value = token.partition("=")
        if token in STATUSES:
            found["status"] = token
        elif token in ("before", "after"):
            found["basis"] = token
        elif token == "published":
            continue
        elif match := _DATE.fullmatch(token):
            found["date"] = f"{year}-{match[2]}" + (f"..{year}-{match[3]}" if match[3] else "")
            found["basis"] = "carried" if match[1] else "text"
        elif match := _AMOUNT.fullmatch(token):
            amount = float(match[1]) * {"m": 1e6, "b": 1e9}[match[2]]
            found |= {"amount": amount, "currency": match[3], "amount_scope": "once", "amount_usd": amount * _RATES[match[3]]}
        elif equals:
            found[name] = value.split("+") if name in ("with", "host", "mediator") else value.replace("_", " ") if name in ("t", "items", "topic") else value
        elif ">" in token:
            found["acting"], found["receiving"] = ([each for each in side.split("+") if each] for side in token.split(">"))
        elif "/" in token:
            found["at"].append(token.replace("_", "-"))
        else:
            raise ValueError(f"{document.doc_id}: {token!r} is no value of the form")
    found["trigger"] = found.pop("t", "trigger")
    return found


def _strike(told: dict[str, Any]) -> dict[str, Any]:
    own = {"target_kind": told.pop("kind", "unknown"), "weapon": told.pop("weapon", "unknown")}
    for short, name in (("k", "killed"), ("i", "injured")):
        if short in told:
            own |= dict.fromkeys((f"{name}_min", f"{name}_max"), int(told.pop(short)))
    return strike(told.pop("acting"), told.pop("receiving"), **own, **told)


def _meeting(told: dict[str, Any]) -> dict[str, Any]:
    mediators = told.pop("mediator", [])
    row = meeting(told.pop("with"), **told)
    return row if not mediators else row | {"actors": [*row["actors"], *meeting(mediators)["actors"]]}


def _aid(told: dict[str, Any]) -> dict[str, Any]:
    own = {"aid_kind": told.pop("kind", "unknown"), "decision": told.pop("decision")}
    if told.pop("scope", None) == "total":
        own["amount_scope"] = "total_to_date"
    return aid(told.pop("acting"), told.pop("receiving"), **told | own)


_MAKERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"strike": _strike, "meeting": _meeting, "aid_decision": _aid}


@dataclasses.dataclass(frozen=True)
class BCubed:
    """B³ (Bagga and Baldwin 1998): the mean over mentions of how pure, and how whole, their clusters are.

    Attributes:
        precision: Share of a mention's cluster that reports its incident; what is missing to 1 was merged wrongly.
        recall: Share of a mention's incident that is in its cluster; what is missing to 1 was split wrongly.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        return f"P {self.precision:.3f}, R {self.recall:.3f}, F1 {self.f1:.3f}"


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> BCubed:
    """Scores a clustering: item -> cluster, of the same items as the gold."""
    if gold.keys() != found.keys() or not gold:
        raise ValueError(f"{len(gold)} items have a gold cluster and {len(found)} were clustered; they must be the same, and some")
    true, made = _members(gold), _members(found)
    both = {item: len(true[gold[item]] & made[found[item]]) for item in gold}
    precision = sum(both[item] / len(made[found[item]]) for item in gold) / len(gold)
    return BCubed(precision, sum(both[item] / len(true[gold[item]]) for item in gold) / len(gold))


def _members(clusters: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    found: dict[Hashable, set[str]] = {}
    for item, cluster in clusters.items():
        found.setdefault(cluster, set()).add(item)
    return found


def errors(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[list[set[str]], list[set[str]]]:
    """The clusters that hold several incidents, and the incidents that are in several clusters."""
    merged = [items for items in _members(found).values() if len({gold[item] for item in items}) > 1]
    split = [items for items in _members(gold).values() if len({found[item] for item in items}) > 1]
    return merged, split
