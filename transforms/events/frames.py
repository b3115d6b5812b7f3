"""Frames: what reports an event of a type, read from `seeds/frames/<event type>.toml`.

Keys of a `[[triggers]]` entry:

`name`                    rule id, kept as the mention's `rule`
`lemmas`, `pos`           the trigger: lemma and part of speech (`verb`, `noun`, `participle`); `forms` limits it to some word forms
`roles`                   grammatical slot -> role or roles. Slots: `subject`, `object`, `indirect` of verbs whatever the voice;
                          `possessor`, `modifier` of nouns; else a preposition. Besides the event type's roles a slot can be `place`, `origin` (where it was
                          launched from), `visited` (a state that hosts),
                          `intercepted` (a weapon whose owner attacks), `by_of` (target of a noun of action unless an attacker),
                          `of_by` (attacker where an of-phrase names the target, else the target)
`object`, `subject`, `agent`, `destination`   what must stand there: a list of lemmas, a lexicon's name, or a class (`@party`, `@persons`, `@target`, …)
`no_object`, `no_subject`, `no_with`          what must not
`no_roles`                role -> what must not stand in any of its slots
`modifier`, `no_modifier` words that must or must not stand before a noun; `modifier_or_role`: such a word or a filled role
`require`, `forbid`       regular expressions over the sentence, around the trigger
`parties`                 how many parties must take part, named or carried over
`kind`                    a construction of its own (`visit`, `interception`, `weapon_subject`, `told_before`, …)
`step`, `theme`           for types whose status depends on a step: its class in `[steps]`, and where the thing decided on stands: the first slot of a list that
                          holds anything, `self`, `head`, `act` (the verb says it), `clause` (with the verb that the trigger hangs on)
`things`, `sure`          which kinds of thing it decides on (all where none is given); whether the word itself says that it is a gift
(a table `[governors]` of the file overrides `seeds/status.toml` for the type; `[step_governors]`: words over a step that make it one of another class,
`[governed]`: which classes each of these can turn; `nominal_steps`: classes of nouns that no word above turns; `duties`: modals that ask)
`fields`                  own fields that the trigger itself fixes
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from transforms.events.wording import Wording

Roles = Mapping[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True)
class Restriction:
    """What may stand in a slot: lemmas, or one of the named classes that the engine knows (`@party`)."""

    lemmas: frozenset[str]
    category: str | None

    @property
    def is_open(self) -> bool:
        """Whether anything may stand there."""
        return not self.lemmas and self.category is None


@dataclasses.dataclass(frozen=True)
class Trigger:
    """One entry of a frame: what word, in what company, fills which roles from which slots."""

    name: str
    event_type: str
    lemmas: frozenset[str]
    forms: frozenset[str]
    pos: str
    roles: Roles
    subject: Restriction
    object: Restriction
    agent: Restriction
    destination: Restriction
    no_object: frozenset[str]
    no_subject: frozenset[str]
    no_with: frozenset[str]
    no_roles: Mapping[str, frozenset[str]]
    modifier: frozenset[str]
    modifier_or_role: frozenset[str]
    no_modifier: frozenset[str]
    require: Wording | None
    forbid: Wording | None
    parties: int
    kind: str | None
    step: str | None
    theme: tuple[str, ...]
    things: frozenset[str]
    sure: bool
    needs_roles: tuple[str, ...]
    fields: Mapping[str, str]
    topic_from: str | None
    plural_subject: bool
    body: bool


@dataclasses.dataclass(frozen=True)
class FieldFrame:
    """How an own field is read: by a lexicon of patterns, or by an extractor of that name."""

    name: str
    kind: str
    default: str | None
    scope: str
    values: tuple[tuple[str, Wording], ...]
    otherwise: tuple[tuple[str, Wording], ...]
    """Values for where none of these patterns is found."""
    options: Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Frame:
    """All that the extraction knows of an event type."""

    event_type: str
    triggers: tuple[Trigger, ...]
    lexicons: Mapping[str, frozenset[str]]
    light_verbs: Mapping[str, frozenset[str]]
    steps: Mapping[str, Mapping[str, tuple[str, str]]]
    step_governors: Mapping[str, frozenset[str]]
    governed: Mapping[str, frozenset[str]]
    nominal_steps: frozenset[str]
    duties: frozenset[str]
    governors: Mapping[str, str]
    fields: tuple[FieldFrame, ...]
    needs: str
    thing_words: Mapping[str, tuple[tuple[frozenset[str], ...], ...]]
    """Kind of thing -> what shows it: one word of each of some lists; see `[thing_words]`."""

    @functools.cached_property
    def every_light_verb(self) -> frozenset[str]:
        """The light verbs of all roles."""
        return frozenset().union(*self.light_verbs.values())

    @functools.cached_property
    def by_lemma(self) -> Mapping[tuple[str, str], tuple[Trigger, ...]]:
        """(part of speech, lemma) -> triggers, in the order of the file."""
        table: dict[tuple[str, str], list[Trigger]] = {}
        for trigger in self.triggers:
            for lemma in trigger.lemmas:
                table.setdefault((trigger.pos, lemma), []).append(trigger)
        return {key: tuple(found) for key, found in table.items()}


class FrameError(Exception):
    """A frame file says something that the engine does not understand; the message names file and entry."""


def _words(value: Any, lexicons: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """A list of words, a lexicon's name, or a list that names lexicons among words."""
    if value is None:
        return frozenset()
    if isinstance(value, str):
        return lexicons[value]
    found: set[str] = set()
    for each in value:
        found |= lexicons.get(each, frozenset({each}))
    return frozenset(found)


def _restriction(value: Any, lexicons: Mapping[str, frozenset[str]]) -> Restriction:
    if isinstance(value, str) and value.startswith("@"):
        return Restriction(lexicons.get(value[1:], frozenset()), value[1:])
    return Restriction(_words(value, lexicons), None)


_KEYS = {
    "name", "lemmas", "forms", "pos", "roles", "subject", "object", "agent", "destination", "no_object", "no_subject", "no_with", "no_roles", "modifier",
    "modifier_or_role", "no_modifier", "require", "forbid", "parties", "kind", "step", "theme", "things", "sure", "needs_roles", "fields",
    "topic_from", "plural_subject", "body",
}  # fmt: skip


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _trigger(entry: Mapping[str, Any], event_type: str, lexicons: Mapping[str, frozenset[str]]) -> Trigger:
    unknown = entry.keys() - _KEYS
    if unknown:
        raise FrameError(f"seeds/frames/{event_type}.toml: trigger {entry.get('name')!r} has keys that mean nothing: {', '.join(sorted(unknown))}")
    return Trigger(
        name=entry["name"],
        event_type=event_type,
        lemmas=frozenset(entry["lemmas"]),
        forms=frozenset(entry.get("forms", ())),
        pos=entry["pos"],
        roles={slot: (roles,) if isinstance(roles, str) else tuple(roles) for slot, roles in entry.get("roles", {}).items()},
        subject=_restriction(entry.get("subject"), lexicons),
        object=_restriction(entry.get("object"), lexicons),
        agent=_restriction(entry.get("agent"), lexicons),
        destination=_restriction(entry.get("destination"), lexicons),
        no_object=_words(entry.get("no_object"), lexicons),
        no_subject=_words(entry.get("no_subject"), lexicons),
        no_with=_words(entry.get("no_with"), lexicons),
        no_roles={role: _words(words, lexicons) for role, words in entry.get("no_roles", {}).items()},
        modifier=_words(entry.get("modifier"), lexicons),
        modifier_or_role=_words(entry.get("modifier_or_role"), lexicons),
        no_modifier=_words(entry.get("no_modifier"), lexicons),
        require=Wording(entry["require"]) if "require" in entry else None,
        forbid=Wording(entry["forbid"]) if "forbid" in entry else None,
        parties=entry.get("parties", 0),
        kind=entry.get("kind"),
        step=entry.get("step"),
        theme=_listed(entry.get("theme", ())),
        things=frozenset(entry.get("things", ())),
        sure=entry.get("sure", False),
        needs_roles=tuple(entry.get("needs_roles", ())),
        fields=entry.get("fields", {}),
        topic_from=entry.get("topic_from"),
        plural_subject=entry.get("plural_subject", False),
        body=entry.get("body", False),
    )


def _field(name: str, entry: Mapping[str, Any]) -> FieldFrame:
    values, otherwise = (tuple((value, Wording(pattern)) for value, pattern in entry.get(key, ())) for key in ("values", "otherwise"))
    options = {key: value for key, value in entry.items() if key not in ("kind", "default", "scope", "values", "otherwise")}
    return FieldFrame(name, entry["kind"], entry.get("default"), entry.get("scope", "sentence"), values, otherwise, options)


def ruled_out_by_words(trigger: Trigger, sentence: str, start: int, end: int) -> str | None:
    """What the words around a trigger say against it, None where nothing does.

    Args:
        trigger: The trigger.
        sentence: The text of its sentence.
        start: Where its word begins in the sentence.
        end: Where it ends, exclusive.
    """
    if trigger.require is not None and not any(match.start() <= end and match.end() >= start for match in trigger.require.finditer(sentence)):
        return "the words that the trigger requires are missing"
    if trigger.forbid is not None and (match := trigger.forbid.search(sentence[max(0, start - 60) : end + 80])):
        return f"ruled out by {match[0]!r}"
    return None


def parse_frame(text: str) -> Frame:
    """A frame from the text of its file.

    Raises:
        FrameError: A key or a lexicon that is not known.
        tomllib.TOMLDecodeError: The text is not TOML.
    """
    entry = tomllib.loads(text)
    event_type = entry["event_type"]
    lexicons = {name: frozenset(words) for name, words in entry.get("lexicons", {}).items()}
    try:
        triggers = tuple(_trigger(each, event_type, lexicons) for each in entry["triggers"])
    except (KeyError, re.error) as error:
        raise FrameError(f"seeds/frames/{event_type}.toml: {error}") from error
    steps = {name: {status: (pair[0], pair[1]) for status, pair in table.items()} for name, table in entry.get("steps", {}).items()}
    light = {role: frozenset(verbs) for role, verbs in entry.get("light_verbs", {}).items()}
    words = {word: status for status, each in entry.get("governors", {}).items() for word in each}
    fields = tuple(_field(name, each) for name, each in entry.get("fields", {}).items())
    return Frame(
        event_type=event_type,
        triggers=triggers,
        lexicons=lexicons,
        light_verbs=light,
        steps=steps,
        step_governors={name: frozenset(each) for name, each in entry.get("step_governors", {}).items()},
        governed={name: frozenset(each) for name, each in entry.get("governed", {}).items()},
        nominal_steps=frozenset(entry.get("nominal_steps", ())),
        duties=frozenset(entry.get("duties", ())),
        governors=words,
        fields=fields,
        needs=entry.get("needs", "actor_or_place"),
        thing_words={kind: tuple(tuple(lexicons[name] for name in names) for names in each) for kind, each in entry.get("thing_words", {}).items()},
    )


@functools.cache
def frames() -> dict[str, Frame]:
    """Frame by event type, every file of `seeds/frames/`."""
    folder = importlib.resources.files("seeds").joinpath("frames")
    found = [parse_frame(file.read_text("utf-8")) for file in sorted(folder.iterdir(), key=lambda each: each.name) if file.name.endswith(".toml")]
    return {frame.event_type: frame for frame in found}
