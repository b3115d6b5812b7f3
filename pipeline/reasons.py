"""Why a mention was read so, in words: the rule that made it as its frame file states it, and what its date rests on."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping

from transforms.events.frames import Trigger, frames

BASES: Mapping[str, str] = {
    "text": "a time expression says it",
    "carried": "from the mention that it refers back to",
    "published": "told as the news of the day, so the day of publication",
    "before": "before the day of publication; the text does not say when",
    "after": "not before the day of publication; the text does not say when",
}
"""`date_basis` -> what it means."""
_WORDS = 8


@dataclasses.dataclass(frozen=True)
class Rule:
    """A rule as its file states it.

    Attributes:
        file: The frame file, from the repository's root.
        name: The entry's name in it.
        trigger: The words that it takes for a trigger: `verb: launch, fire, …`.
        conditions: What must or must not stand beside the trigger, and which part of the sentence takes which role.
    """

    file: str
    name: str
    trigger: str
    conditions: tuple[str, ...]


@functools.cache
def rule_of(rule: str) -> Rule | None:
    """The rule that a mention's `rule` names (`strike/attack-noun`), None where the frames of this version have none of that name."""
    event_type, _, name = rule.partition("/")
    found = [each for each in frames()[event_type].triggers if each.name == name] if event_type in frames() else []
    if not found:
        return None
    words = [f"{each.pos}: {_few(each.forms or each.lemmas)}" for each in found]
    conditions = list(dict.fromkeys(condition for each in found for condition in _conditions(each)))
    return Rule(f"seeds/frames/{event_type}.toml", name, "; ".join(dict.fromkeys(words)), tuple(conditions))


def _few(words: Iterable[str]) -> str:
    ordered = sorted(words)
    return ", ".join(ordered[:_WORDS]) + (f", … ({len(ordered)} words)" if len(ordered) > _WORDS else "")


def _conditions(trigger: Trigger) -> Iterable[str]:
    slots: dict[tuple[str, ...], list[str]] = {}
    for slot, roles in trigger.roles.items():
        slots.setdefault(roles, []).append(slot)
    for roles, found in slots.items():
        yield f"{', '.join(found)} → {', '.join(roles)}"
    for slot, restriction in (("subject", trigger.subject), ("object", trigger.object), ("agent", trigger.agent), ("destination", trigger.destination)):
        if not restriction.is_open:
            wanted = f"of the class {restriction.category}" if restriction.category else f"one of {_few(restriction.lemmas)}"
            yield f"the {slot} is {wanted}"
    for words, condition in (
        (trigger.modifier, "before it stands one of"),
        (trigger.no_modifier, "before it stands none of"),
        (trigger.no_object, "its object is none of"),
    ):
        if words:
            yield f"{condition} {_few(words)}"
    if trigger.require is not None:
        yield "a pattern of the file requires other words in the sentence"
    if trigger.parties:
        yield f"at least {trigger.parties} parties take part"
    if trigger.step is not None:
        yield f"a step of the class {trigger.step}"
