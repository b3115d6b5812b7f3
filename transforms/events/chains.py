"""Chains of place names in a text, `Hroza, Kharkiv Oblast, Ukraine`: found before the parse, which then takes each for one word."""

from __future__ import annotations

import calendar
import dataclasses
import re

from transforms.events.gazetteer import gazetteer
from transforms.language.sentences import Span

_WORD = r"[A-ZÀ-ÞĀ-Ž][\w’'\-]*"
_INNER = r"(?:de|del|di|da|la|las|los|el|al|as|the|of|es|ez|and|d’|[a-z]{2,3}-[A-Z]\w+)"
_NAME = rf"{_WORD}(?: (?:{_INNER} )?{_WORD}| {_INNER}(?= {_WORD})){{0,4}}(?: (?:province|district|governorate|region|county|state|oblast|camp|village))?"
_CHAIN = re.compile(
    rf"\b(?i:in|near|at|outside|around|of|from|to|on|hit|hits|struck|strikes|visited|visits|towards?|into|over|inside|across|off|between)\s+(?:the )?"
    rf"(?P<chain>(?P<first>{_NAME})(?P<rest>(?:, (?:in )?(?:the )?{_NAME}){{1,3}}))"
)
_NEXT = re.compile(r", (?:in )?(?:the )?")
# What may follow a chain. A verb does not: in `In Kyiv, Ukraine said` the country speaks.
_AFTER = re.compile(
    r"$|[.,;:)’'”\"–—-]|\s+(?:[(–—-]|(?:on|in|at|to|for|as|and|or|but|after|during|when|where|while|with|from|by|before|amid|following|that|which|who|whose|over|"
    r"against|because|since|until|late|early|earlier|last|this|today|overnight|yesterday|tomorrow|"
    rf"killing|wounding|injuring|leaving|causing|destroying|damaging|{'|'.join(calendar.day_name)}|{'|'.join(calendar.month_name[1:])})\b)"
)
_NO_PLACE = frozenset({*calendar.day_name, *calendar.month_name[1:]})


@dataclasses.dataclass(frozen=True, slots=True)
class PlaceChain:
    """A place with the regions that trail it, `[start, end)` in the text; the place's own name ends at `first_end`."""

    start: int
    first_end: int
    end: int

    def within(self, text: str) -> str:
        """The last region of the chain, as written."""
        return _NEXT.split(text[self.first_end : self.end])[-1]


def find_chains(text: str, sentence: Span) -> list[PlaceChain]:
    """The chains of place names in a sentence.

    Args:
        text: A document's text.
        sentence: Where the sentence stands in it.

    Returns:
        Chains in order, with offsets in the text; each ends with a country or a first-level division that holds the place before it.
    """
    found = []
    position = sentence.start
    while match := _CHAIN.search(text, position, sentence.end):
        chain = _longest(text, match, sentence.end)
        if chain is not None:
            found.append(chain)
        position = chain.end if chain is not None else match.end("first")
    return found


def _longest(text: str, match: re.Match[str], stop: int) -> PlaceChain | None:
    if match["first"].split()[0] in _NO_PLACE:
        return None
    ends = [*[match.end("first") + gap.start() for gap in _NEXT.finditer(match["rest"])][1:], match.end("chain")]
    for end in reversed(ends):
        # `in Sana'a, Yemen and Oman`: the pattern may have run on
        for cut in _cuts(text, match.end("first"), end):
            if _AFTER.match(text, cut, stop) and _is_chain(text, match.start("first"), match.end("first"), cut):
                return PlaceChain(match.start("first"), match.end("first"), cut)
    return None


def _cuts(text: str, first_end: int, end: int) -> list[int]:
    inside = text.rfind(" and ", first_end, end)
    return [end, inside] if inside > 0 else [end]


def _is_chain(text: str, start: int, first_end: int, end: int) -> bool:
    last = _NEXT.split(text[first_end:end])[-1]
    if last in _NO_PLACE:
        return False
    outer = gazetteer().lookup(last)
    if outer is None or outer.country is None or outer.precision not in ("country", "admin1", "region"):
        return False
    inner = gazetteer().lookup(text[start:first_end])
    if inner is None:
        # `the Governments of Israel, the Netherlands` lists states
        of = gazetteer().lookup(text[start:first_end].rpartition(" of ")[2])
        return of is None or of.precision != "country"
    return inner.precision != "country" and (inner.country == outer.country or inner.precision == "city")
