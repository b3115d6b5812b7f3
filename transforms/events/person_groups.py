"""Counted groups of persons in a sentence: `at least 12 people`, `two soldiers and a child`, `his wife`; which of them are parts of others."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable
from typing import Any, Literal

from transforms.events.numbers import Quantity, any_of, parse_number, quantity_pattern
from transforms.events.wording import Wording
from transforms.language.words import word_set

Kind = Literal["killed", "injured"]
KINDS: tuple[Kind, Kind] = ("killed", "injured")


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Some persons, `[start, end)` in the sentence, with their number."""

    start: int
    end: int
    quantity: Quantity
    who: str
    """The noun phrase without its number."""
    including: bool = False
    """A part of another group."""
    attacker: bool = False
    """Whoever attacked, by the word itself."""
    named: bool = False
    """One person by name."""


@functools.cache
def casualty_words() -> dict[str, Any]:
    """The tables of `seeds/casualties.toml`."""
    return tomllib.loads(importlib.resources.files("seeds").joinpath("casualties.toml").read_text("utf-8"))


@functools.cache
def fates() -> dict[str, tuple[Kind, str]]:
    """What each casualty word says, and its form (`active`, `past`, `state`, `count`, `lives`, `back`, `care`)."""
    return {word: (kind, form) for kind in KINDS for form, each in casualty_words()[kind]["verbs"].items() for word in each}


def compiled(source: str) -> re.Pattern[str]:
    """A regular expression in which case does not count."""
    return re.compile(source, re.IGNORECASE)


# What ends a noun phrase that began with a number or an article.
STOP = (
    r"(?:in|on|at|of|by|from|to|for|with|near|as|after|before|when|while|during|since|who|whom|which|that|and|or|but|across|along|aboard|inside|outside|over|under|"
    r"through|"
    r"were|was|are|is|have|has|had|been|be|being|will|would|could|may|might|overnight|yesterday|today|early|late|later|earlier|including|among|against|amid|into|towards?|"
    r"between|around|because|despite|following|alone|so|also|then|there|their|his|her|its|the|an?|critically|seriously|severely|gravely|fatally|slightly|lightly|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|waiting|attending|seeking|trying|travell?ing|sheltering|fighting|living|working|riding|sleeping|"
    r"sa(?:id|ys?)|told|reported|remain(?:ed)?|fled|escaped|survived|went|feared|believed|confirmed|missing|left|did|do|not|within|without|throughout|per|where)\b"
)
_INCLUDED = compiled(
    r"\b(?:includ(?:ing|es?|ed)|among\s+them|among\s+(?:the\s+)?(?:dead|injured|wounded|killed)(?:\s+(?:were|was|are|is))?|of\s+whom)[\s,]+(?:the\s+|also\s+)?$"
)
_PART = compiled(r"\s+(?:of\s+(?:them|whom|which|those|the\s+(?:injured|wounded))\b|in\s+(?:critical|serious)\s+condition)")
_GRAVELY = compiled(r"\s+(?:critically|seriously|severely|gravely|badly)\b")
_AFTER_PART = compiled(r"\s+of\s+(?:them|whom|those)\s+(?:(?:is|are|was|were)\s+)?")
# What says of a group where it was or whose it is, before the next one is named: `five in Kherson, three in Nikopol`.
TRAIL = (
    r"(?:,?\s+aged\s+\d+(?:(?:,\s+|\s+(?:and|to|or)\s+)\d+)*"
    r"|\s+(?:of|in|at|near|from|outside|with)(?:\s+(?!(?:and|who|that|which|but|when|while|said|says|was|were|had|has)\b)[\w'’.-]+){1,6})?"
)
CHAIN = compiled(rf"{TRAIL}(?:\s*,?\s+(?:and(?:\s+also)?|as\s+well\s+as|along\s+with|together\s+with|plus)\s+|\s*,\s+)")
_VERB_AFTER = compiled(
    r"(?:,\s+[^\s,][^,;]{1,60},)?\s+(?:were|was|are|is|have|has|had|remain(?:ed)?|fled|escaped|survived|went|suffered|sustained|died|lost|"
    r"sa(?:id|ys)|told|tells|added|reported|announced|confirmed|warned|wrote|writes)\b"
)
_WHOSE = compiled(r"\b(?:his|her|its|their)\s+$")
_WHOLE = r"\b(?:an?|the|its|another)\s+(?:[\w-]+\s+)?(?:{})\s+of\s+(?:the\s+)?$"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?$")
_BEFORE_MONTH = re.compile(rf"\s+{_MONTH}(?!\w)")
_AGED = compiled(r"\baged\s+(?:between\s+)?\d+(?:(?:,\s+|\s+(?:and|to|or)\s+)\d+)*")
_AMONG = compiled(r"(?:\s+(?:of|in|from)\s+[^\s,;]+(?:\s+[^\s,;]+){0,3})?\s+among\s+(?:them|the\s+(?:dead|victims|injured|wounded|killed))\b")
_AMONG_THE = compiled(r"\bamong\s+$")
_OR_MORE = compiled(r"\s+or\s+more\b")
_COUPLE = compiled(r"\b(?:an?|another|the)\s+(?:[a-z-]+\s+){0,2}?couple\b(?!\s+of\b)")
_SELF = compiled(r"\b(?:himself|herself|themselves)\b")
_IN = compiled(r"\b(?:in|since|during)\s+$")
_FROM = compiled(r"\bfrom\s+$")
_OF = word_set("fates", "of")


@dataclasses.dataclass(frozen=True)
class _Patterns:
    quantity: Wording
    noun: re.Pattern[str]
    one: Wording
    people: re.Pattern[str]
    whole: re.Pattern[str]


@functools.cache
def _fate_pattern() -> Wording:
    return Wording(f"(?i){_fate()}")


# Each reading of a sentence asks for the same.
@functools.lru_cache(maxsize=16)
def fate_words(sentence: str) -> tuple[re.Match[str], ...]:
    """The words, in lower case, that say what became of persons, in order."""
    return tuple(_fate_pattern().finditer(sentence))


def _fate_at(sentence: str, start: int) -> bool:
    return any(match.start() == start for match in fate_words(sentence))


def _fate() -> str:
    return rf"\b{any_of(fates())}\b(?!\s+Sea\b)"


@functools.cache
def _patterns() -> _Patterns:
    fate = _fate()
    persons = any_of(casualty_words()["groups"]["persons"])
    return _Patterns(
        quantity=Wording(f"(?i){quantity_pattern()}"),
        noun=compiled(
            r"(?:\s+of(?!\s+(?:them|whom|which)\b)(?:\s+(?:the|its|their|his|her|our|those|these))?(?=\s+[^\W\d]))?"
            rf"(?:\s+(?!{STOP}|{fate})(?:(?:(?-i:[A-Z])\.){{2,}}(?!\w)|[^\W\d][\w'’.-]*[\w'’])|\s+(?!{STOP})[^\W\d]\b|\s+\d+-(?:year|month|day)-old\b){{1,7}}"
        ),
        one=Wording(
            rf"(?i)\b(?:an?|his|her|their|its|the|another|this|one)\s+(?:(?!{STOP}|{fate})[\w'’-]+\s+){{0,6}}?(?:{persons})\b(?!['’]s\b|-|\s+(?:{persons})\b)"
            r"|\b(?:another|a\s+(?:second|third|fourth|fifth|sixth))\b(?=\s*[,.;]|\s+(?:was|is|has|had|in|at|and|injured|wounded|killed|died|lost)\b|\s*$)"
        ),
        people=re.compile(r"\b[Aa]n?\s+[A-Z][a-z]+(?:ian|ean|an|i|ese|ish)\b(?=\s*[,.;]|\s+(?i:was|were|is|are|in|and|near)\b|\s*$)"),
        whole=compiled(_WHOLE.format(any_of(casualty_words()["groups"]["wholes"]))),
    )


def _singular(word: str) -> str:
    for ending, singular in (("men", "man"), ("children", "child"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("uses", "us"), ("s", "")):
        if word.endswith(ending) and len(word) > max(len(ending), 3) and not word.endswith("ss"):
            return word[: -len(ending)] + singular
    return word


def _person_words(words: list[str]) -> int:
    """How many of the words after a number belong to the persons that it counts; -1 where they name things."""
    groups = casualty_words()["groups"]
    plain = [_singular(word.lower().strip(".")) for word in words]
    for index, (word, singular) in enumerate(zip(words, plain, strict=True)):
        # `40 National Guard members`: a name may hold such a word before its end.
        in_name = word[:1].isupper() and index < len(words) - 1
        if (singular in groups["persons"] or word.lower() in groups["plurals"]) and not in_name:
            end = index + 1
            while end < len(words) and plain[end] in groups["persons"]:
                end += 1
            return end
        if singular in groups["things"] and (word.lower() != singular or index == len(words) - 1):
            return -1
    return len(words)


def _is_attacker(words: str, who: str) -> bool:
    last = (who or words).lower().split()[-1]
    attackers = casualty_words()["attackers"]
    known = re.match(r"(?:the|these|those|both)\b", words, re.IGNORECASE)
    return last in attackers["always"] or (known is not None and last in attackers["definite"])


def find_groups(sentence: str, closed: list[tuple[int, int]]) -> list[Group]:
    """Counted groups of persons, in order, none overlapping another or one of the closed stretches `(start, end)`."""
    patterns = _patterns()
    found: list[Group] = []
    closed = [*closed, *(match.span() for match in _AGED.finditer(sentence))]

    def add(start: int, end: int, quantity: Quantity, who: str) -> None:
        found.append(Group(start, end, quantity, who, attacker=_is_attacker(sentence[start:end], who)))
        closed.append((start, end))

    for match in patterns.quantity.finditer(sentence):
        start, end = match.span()
        quantity = parse_number(match[0])
        if quantity is None or overlaps(start, end, closed) or _BEFORE_MONTH.match(sentence, end):
            continue
        if _FROM.search(sentence, 0, start) and quantity.maximum is not None:
            # `rose from 12 to 45` is no range.
            quantity = Quantity(quantity.maximum, quantity.maximum)
        phrase = patterns.noun.match(sentence, end)
        words = [each for each in re.finditer(r"\S+", phrase[0]) if each[0] not in _OF] if phrase else []
        count = _person_words([each[0] for each in words])
        dated = re.fullmatch(r"\d\d?", match[0]) and _AFTER_MONTH.search(sentence, 0, start)
        year = re.fullmatch(r"(?:19|20)\d\d", match[0]) is not None and (not words or _IN.search(sentence, 0, start) is not None)
        if count < 0 or year or (dated and count == len(words)):
            # Things, a year or a day.
            closed.append((start, end))
            continue
        last = words[count - 1].end() if count else 0
        # `a family of five`, `her two sons`
        before = patterns.whole.search(sentence, 0, start) or _WHOSE.search(sentence, 0, start)
        first = before.start() if before and not overlaps(before.start(), start, closed) else start
        who = phrase[0][words[0].start() : last] if phrase and words else ""
        if who.lower().endswith("s") and _singular(who.lower().split()[-1]) in casualty_words()["groups"]["wholes"]:
            quantity = Quantity(None, None)  # `both crews`
        if _OR_MORE.match(sentence, end + last):
            quantity = Quantity(quantity.minimum, None)
        add(first, end + last, quantity, who)
    for match in _COUPLE.finditer(sentence):
        if not overlaps(*match.span(), closed):
            add(*match.span(), Quantity(2, 2), "couple")
    for match in (*patterns.one.finditer(sentence), *patterns.people.finditer(sentence)):
        if not overlaps(*match.span(), closed):
            add(*match.span(), Quantity(1, 1), sentence[match.start() : match.end()].partition(" ")[2])
    for match in _SELF.finditer(sentence):
        add(*match.span(), Quantity(1, 1), match[0])
    return _with_parts(sentence, sorted(found, key=lambda each: each.start))


def overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch shares a character with any of the spans."""
    return any(start < b and a < end for a, b in spans)


def _with_parts(sentence: str, groups: list[Group]) -> list[Group]:
    """Marks the groups that are parts of others: after `including`, before `of them`."""
    marked: list[Group] = []
    for group in groups:
        chained = marked and marked[-1].including and CHAIN.fullmatch(sentence, marked[-1].end, group.start) and not has_own_verb(sentence, group.end)
        named = marked and marked[-1].including and _AFTER_PART.fullmatch(sentence, marked[-1].end, group.start)
        part = chained or named or _INCLUDED.search(sentence, 0, group.start) or _is_counted(sentence, group)
        marked.append(dataclasses.replace(group, including=bool(part)))
    return marked


def _is_counted(sentence: str, group: Group) -> bool:
    """Whether a group is a part of one told before: `three of them`, `Six were wounded, three seriously`.

    `killed 400 of them` and `two seriously hurt` are none.
    """
    told = [match for match in fate_words(sentence) if match.end() <= group.start]
    if _AMONG.match(sentence, group.end) or sentence[group.start : group.end].lower() in ("both", "all") or _is_among_told(sentence, group, told):
        return True
    if _PART.match(sentence, group.end):
        return not told or sentence[told[-1].end() : group.start].strip() != ""
    gravely = _GRAVELY.match(sentence, group.end)
    if gravely is None:
        return False
    again = _fate_at(sentence, len(sentence) - len(sentence[gravely.end() :].lstrip()))
    return not again or any(fates()[" ".join(each[0].lower().split())][0] == "injured" for each in told)


def has_own_verb(sentence: str, end: int) -> bool:
    """Whether a verb or casualty word of its own follows a group that ends there."""
    rest = len(sentence) - len(sentence[end:].lstrip())
    return bool(_VERB_AFTER.match(sentence, end) or _fate_at(sentence, rest))


def _is_among_told(sentence: str, group: Group, told: list[re.Match[str]]) -> bool:
    """`shot ten people dead; he is believed to be among the eleven dead`: those of one fate, counted again."""
    if not told or _AMONG_THE.search(sentence, 0, group.start) is None:
        return False
    kind = {match: fates()[" ".join(match[0].lower().split())][0] for match in fate_words(sentence)}
    own = next((each for match, each in kind.items() if match.start() >= group.end and not sentence[group.end : match.start()].strip()), None)
    return own is None or any(each == own for match, each in kind.items() if match.end() <= group.start)
