"""Killed and injured in a sentence: counted groups of persons, and the words that say what became of them.

Works on the text alone. A group is attached to a casualty word by its form (active: what stands right after it; passive or a state: what stands before it).
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from transforms.events.numbers import Quantity, any_of, cardinal_pattern, parse_number, quantity_pattern

Kind = Literal["killed", "injured"]


@dataclasses.dataclass(frozen=True, slots=True)
class Casualty:
    """One group of killed or injured, `[start, end)` in the text, by events.md's rules for counts."""

    start: int
    end: int
    kind: Kind
    minimum: int | None
    maximum: int | None
    words: str
    who: str
    """The noun phrase without its number (`Hezbollah militants`); empty where there is only a number. The caller may know these as the attackers."""
    cumulative: bool
    """The words around speak of a period or of several attacks."""
    including: bool
    """A part of a group that is already counted (`including two children`): not to be added."""
    attacker: bool
    """The word itself says that this is who attacked (`the gunman`): not to be counted."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    quantity: Quantity
    who: str
    including: bool
    attacker: bool


@functools.cache
def _words() -> dict[str, Any]:
    return tomllib.loads(importlib.resources.files("seeds").joinpath("casualties.toml").read_text("utf-8"))


# Words that end a noun phrase which began with a number.
_STOP = (
    r"(?:in|on|at|of|by|from|to|for|with|near|as|after|before|when|while|during|since|who|whom|which|that|and|or|but|across|along|aboard|inside|outside|over|under|through|"
    r"were|was|are|is|have|has|had|been|be|being|will|would|could|may|might|overnight|yesterday|today|early|late|later|earlier|including|among|against|amid|into|toward|towards|"
    r"between|around|because|despite|following|according|alone|so|also|then|there|their|his|her|its|the|a|an|critically|seriously|severely|fatally|slightly|lightly|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|waiting|attending|seeking|trying|travelling|traveling|sheltering|fighting|living|working|riding|sleeping|"
    r"said|says|say|told|reported|remain|remained|fled|escaped|survived|went|feared|believed|confirmed|missing|left|if|did|do|not|within|without|throughout|per|where)"
)
_INCLUDED = re.compile(r"(?:\bincluding|\bincludes|\bincluded|\bamong them(?: were| was)?|\bof whom|\bof them|\bthem|\bcounting|\bthereof)\s*(?:\b(?:the|at least|also)\s+)?$", re.IGNORECASE)
_PART_AFTER = re.compile(r"\s+(?:of\s+(?:them|whom|which|those|the\s+(?:dead|wounded|injured|victims))|critically|seriously|severely|gravely)\b", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"\b(?:of|in|at|on|near|from|by|to|into|against|for|outside|inside|under|through|during|across|around|targeting|aboard|within|between|hit|hits|struck|with|as)\s+"
    r"(?:the\s+|a\s+|some\s+)?$",
    re.IGNORECASE,
)
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got|getting)\s+(?:(?:also|all|both|then|now|still|instantly|immediately|dead|feared|believed|thought|presumed|reported|confirmed|said|known|shot|"
    r"stabbed|beaten|later|either|to|have|be|been|and|or|[a-z]+ly)\s+)*$",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(r"\b(?:to|would|could|can|may|might|will|must|should|shall|cannot|not|never|n[o']t|shoot|attempted|try|tried)\s+(?:have\s+)?$", re.IGNORECASE)
_PAST_INFINITIVE = re.compile(r"\bhave\s+$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*|\s*[,(–—-].*|\s+(?:of|in|at|near|from|on|who|whom|that|which|aboard|inside|outside|waiting|attending|seeking|trying|travelling|traveling|sheltering|living|working|riding|"
    r"across|around|along|belonging|serving|with|for|have|has|had|reportedly|also|all|later|already|may|might|critically|seriously|more|others)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_BROKEN = re.compile(r"[;:]|\b(?:they|he|she|it)\b|,\s*(?:and|but|while|when|after)\s", re.IGNORECASE)
_RIGHT_GAP = re.compile(r"(?:\s+(?:up|off|approximately|also|and|reportedly|him|them))?\s+|\s*$", re.IGNORECASE)
_CHAIN = re.compile(r"\s*,?\s+(?:and(?:\s+also)?|as\s+well\s+as|along\s+with|plus|together\s+with)\s+|\s*,\s+", re.IGNORECASE)
_LEFT_CHAIN = re.compile(r"\s+(?:and|as\s+well\s+as|plus)\s+|\s*,\s+", re.IGNORECASE)
_TAKEN_BY_VERB = re.compile(r"\s+(?:others?\s+|more\s+|people\s+)?(?:were|was|are|is|have|has|had|remain|remained|fled|escaped|survived|went|suffered|sustained|died|lost)\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?:the|a|an|[a-z]+(?:'s|’s)?|[A-Z][\w.'’-]*)\s+){0,7}?[A-Z][\w'’-]+(?:\s+(?:al|bin|bint|ibn|de|van|von|el|of)?-?[A-Z][\w.'’-]*)*", re.UNICODE
)
_RATIO_TOLL = re.compile(r"\b(?:to|at|of|is|was|as|reached|reaches|stood at|passed|passes|exceeded|exceeds|surpassed|surpasses|topped|tops|hit)\s+$", re.IGNORECASE)
_SUPERLATIVE = re.compile(r"\b(?:first|deadliest|worst|largest|biggest|heaviest|most|highest|bloodiest)\b[^.;]*$", re.IGNORECASE)
