"""Where an event happens: place names of a sentence, in chains (`Hroza, Kharkiv Oblast, Ukraine`), and which event each belongs to."""

from __future__ import annotations

import calendar
import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping

from schemas.place import Place
from transforms.events.candidates import lemma_of
from transforms.events.gazetteer import gazetteer
from transforms.events.reference import read_table
from transforms.events.spans import PLACE_LABELS, ParsedSentence, SentenceName
from transforms.events.syntax import is_verb
from transforms.language.parse import Token
from transforms.language.words import word_set

_DIRECTION = re.compile(
    r"(?i)^(?:north|south|east|west|central|northern|southern|eastern|western|northeastern|northwestern|southeastern|southwestern|northeast|northwest|southeast|southwest|occupied|nearby|downtown)\b"
)
# Prepositions before a place, and kinds of places.
_LOCAL = word_set("places", "local")
_KIND_NOUNS = word_set("places", "kinds")
_SETTLEMENTS = word_set("places", "settlements")
_PARTS = word_set("places", "parts")
_DIVISIONS = word_set("places", "divisions")
_GATHERINGS = word_set("places", "gatherings")


# What hits a town that it is told to be `on`.
_FIRING = word_set("roles", "weapon_subject") | word_set("places", "firing")
LINES = word_set("places", "lines")


@dataclasses.dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place in a sentence: its first token, the preposition over it, what it hangs on, and what the gazetteer knows."""

    token: Token
    preposition: str | None
    governor: Token | None
    place: Place
    start: int
    end: int


def find_places(sentence: ParsedSentence, context: tuple[str, ...], at_home: Mapping[str, str]) -> list[NamedPlace]:
    """The places that a sentence names, each with what trails it (`, Sumy Oblast, Ukraine`) taken as its region.

    Args:
        sentence: A parsed sentence.
        context: ISO codes of the countries that the document names, most frequent first.
        at_home: Names of states that mean a place of another country here, with that country (`DocumentMemory.at_home`).
    """
    names = [name for name in sentence.names if _is_place(sentence, name) and not _in_compound(sentence, name)]
    found: list[NamedPlace] = list(_capitals_meant(sentence))
    names = [name for name in names if all(name.start != each.start for each in found)]
    names = sorted([*names, *_unmarked(sentence), *_unnamed_chains(sentence)], key=lambda name: name.start)
    skip: set[int] = set()
    for i, name in enumerate(names):
        if i in skip:
            continue
        token = sentence.doc[name.last - 1]
        if ", " in token.text:
            found.append(_chained(sentence, token, context))
            skip.update(j for j in range(i + 1, len(names)) if names[j].first == name.first)
            continue
        if name.form == "model" and " in " in name.text:
            name = names[i] = _first_part(sentence, name)
        trail = _trail(sentence, names[i:], context)
        skip.update(range(i + 1, i + 1 + len(trail)))
        text = _extended(sentence, name)
        countries = [n.entity.country for n in trail if n.entity is not None and n.entity.country]
        within = countries[-1] if countries else (trail[-1].text if trail else at_home.get(name.text) or _land_of(sentence, token))
        place = gazetteer().lookup(text, within=within, context=context) or (
            gazetteer().lookup(name.text, within=within, context=context) if text != name.text else None
        )
        if place is None and trail:
            region = gazetteer().lookup(trail[-1].text, context=context)
            place = Place(text=text, name=text, country=countries[-1] if countries else (region.country if region else None), precision="city")
        if place is None:
            place = Place(text=text, name=text, country=None)
        elif place.text != text:
            place = dataclasses.replace(place, text=text)
        token = sentence.doc[name.last - 1]
        root = sentence.doc[name.first : name.last].root
        word, governor = _attachment(root, is_country=place.precision == "country")
        if (gathering := _named_after(root)) is not None and place.precision in ("city", "admin1"):
            word, governor = "at", gathering
        elif (
            (place.precision == "country" or name.form == "seat")
            and token.dep_ in ("compound", "poss", "nmod", "amod")
            and token.head.lower_ not in _KIND_NOUNS
        ):
            # `with United States participation`, `on Ukraine's energy facilities` name whose it is
            word = None
        found.append(NamedPlace(token, word, governor, place, name.start, name.end))
    found.sort(key=lambda each: each.start)
    return [_beside_known(each, found[i + 1 :]) for i, each in enumerate(found)]


def _capitals_meant(sentence: ParsedSentence) -> Iterator[NamedPlace]:
    """`in the Haitian capital`: the town by whose capital it is."""
    for token in sentence.doc:
        if token.lower_ != "capital" or token.dep_ != "pobj":
            continue
        whose = next((name for name in sentence.within(token.left_edge.i, token.i) if name.entity is not None and name.form in ("demonym", "name")), None)
        code = whose.entity.country if whose is not None and whose.entity is not None else None
        if whose is None or code is None or code not in _capitals() or not (whose.last == token.i or sentence.doc[whose.last].tag_ == "POS"):
            continue
        place = gazetteer().lookup(_capitals()[code], within=code)
        word, governor = _attachment(token)
        if place is not None and word is not None:
            end = sentence.end_of(token)
            place = dataclasses.replace(place, text=sentence.doc.text[whose.start - sentence.offset : end - sentence.offset])
            yield NamedPlace(token, word, governor, place, whose.start, end)


@functools.cache
def _capitals() -> Mapping[str, str]:
    """States' capitals by the states' codes."""
    return {row["code"]: row["capital"].split("|")[0] for row in read_table("actors", "states.tsv") if row["capital"]}


def _beside_known(place: NamedPlace, following: list[NamedPlace]) -> NamedPlace:
    """A place that the gazetteer does not know is in the country of the next one of the clause: `on Hanita and Kiryat Shmona`, `in Addow near Afgoye`."""
    if place.place.country is not None or place.place.precision is not None or place.preposition is None or place.place.text.lower() in _PARTS:
        return place
    known = next((each for each in following if each.place.country is not None and each.place.precision != "country"), None)
    words = place.token.doc[place.token.i + 1 : known.token.i] if known is not None else ()
    if known is None or len(words) > 12 or any(is_verb(each) for each in words):
        return place
    return dataclasses.replace(place, place=dataclasses.replace(place.place, country=known.place.country))


def _first_part(sentence: ParsedSentence, name: SentenceName) -> SentenceName:
    """`Mykolaiv in Kherson Oblast`, which the model took for one name: the town."""
    last = next(token.i for token in sentence.doc[name.first : name.last] if token.lower_ == "in")
    if last == name.first:
        return name
    end = sentence.end_of(sentence.doc[last - 1])
    return dataclasses.replace(name, last=last, end=end, text=name.text[: end - name.start])


def _land_of(sentence: ParsedSentence, token: Token) -> str | None:
    """The country of `the southern Lebanese city of Blida`."""
    if token.dep_ == "compound":
        # `in Pakistan's Bajaur district`
        owner = next((sentence.name_of.get(child.i) for child in token.head.children if child.dep_ == "poss" and child.i < token.i), None)
        return owner.entity.country if owner is not None and owner.entity is not None and owner.entity.kind == "state" else None
    over = token.head.head
    if token.dep_ != "pobj" or token.head.lower_ != "of" or over.pos_ != "NOUN":
        return None
    named = next((name for name in sentence.within(over.left_edge.i, over.i) if name.entity is not None and name.form == "demonym"), None)
    return named.entity.country if named is not None and named.entity is not None else None


def _in_compound(sentence: ParsedSentence, name: SentenceName) -> bool:
    """Whether a name says what something is like, whose it is or where it ends: `Iran-aligned`, `U.S.-Maldives relations`, `near the China border`."""
    before, behind = sentence.doc.text[: name.start - sentence.offset], sentence.doc.text[name.end - sentence.offset :]
    if (
        name.entity is not None
        and name.entity.kind == "state"
        and name.form == "name"
        and (re.match(r"[-–][A-Z]", behind) or re.search(r"[A-Za-z.][-–]$", before))
    ):
        return not re.match(r"[-–][\w.]+ (?:border|frontier)\b", behind) and not re.match(r" (?:border|frontier)\b", behind)
    return re.match(r"[-–][a-z]|(?:[-–]\w+)? (?:border|frontier)\b", behind) is not None


def _unnamed_chains(sentence: ParsedSentence) -> list[SentenceName]:
    """`Russian-occupied Melitopol, Zaporizhzhia Oblast`: one word to the parser, of which only the nationality is a known name."""
    return [
        SentenceName(token.i, token.i + 1, sentence.start_of(token), sentence.end_of(token), token.text, "GPE", "model", None)
        for token in sentence.doc
        if ", " in token.text and _HELD.match(token.text) and token.i in sentence.name_of
    ]


# Who holds a place, in front of its name.
_HELD = re.compile(r"[\w.’'-]+-(?:annexed|administered|controlled|held|occupied|run) (?=[A-Z])")


def _chained(sentence: ParsedSentence, token: Token, context: tuple[str, ...]) -> NamedPlace:
    """`Hroza, Kharkiv Oblast, Ukraine`, which the parser took for one word: the first name, within the last."""
    parts = [part.removeprefix("in ").removeprefix("the ") for part in _HELD.sub("", token.text).split(", ")]
    place = gazetteer().lookup(parts[0], within=", ".join(parts[1:]), context=context) or gazetteer().lookup(parts[0], within=parts[-1], context=context)
    if place is None:
        outer = gazetteer().lookup(parts[-1], context=context)
        place = Place(text=parts[0], name=parts[0], country=outer.country if outer else None, precision="city")
    word, governor = _attachment(token)
    start = sentence.start_of(token) + token.text.find(parts[0])
    return NamedPlace(token, word, governor, place, start, start + len(parts[0]))


_CHAIN = re.compile(
    r"(?:[-\w’']*\s*(?:province|oblast|governorate|region|district|county|state|prefecture|department|territory|municipality|raion|city|township|village))?,\s+(?:in\s+)?(?:the\s+)?|"
    r"\s+in\s+(?:the\s+)?(?:\w+ern\s+)?",
    re.IGNORECASE,
)


def _trail(sentence: ParsedSentence, names: list[SentenceName], context: tuple[str, ...]) -> list[SentenceName]:
    """What trails the first of some places and holds it: `, Sumy Oblast, Ukraine`; a list of towns (`Kyiv, Odesa and Lviv`) is no chain."""
    run = [names[0]]
    for name in names[1:4]:
        between = sentence.doc.text[run[-1].end - sentence.offset : name.start - sentence.offset]
        if not _CHAIN.fullmatch(between):
            break
        run.append(name)
    while len(run) > 1:
        # `in the Kursk region` is no town
        last = gazetteer().lookup(_extended(sentence, run[-1]), context=context) or gazetteer().lookup(run[-1].text, context=context)
        first = gazetteer().lookup(run[0].text, context=context)
        if (
            last is not None
            and last.precision in ("country", "admin1", "region")
            and last.country is not None
            and (first is None or (first.precision != "country" and first.country in (last.country, None)))
        ):
            return run[1:]
        run.pop()
    return []


def _extended(sentence: ParsedSentence, name: SentenceName) -> str:
    """`southern Lebanon`, `Nuseirat refugee camp`: the words that belong to a place's name."""
    first, last = name.first, name.last
    while first > 0 and _DIRECTION.match(sentence.doc[first - 1].text) and sentence.doc[first - 1].dep_ in ("amod", "compound", "advmod"):
        first -= 1
    while (
        last < len(sentence.doc)
        and sentence.doc[last].lower_ in _KIND_NOUNS | {"refugee", "power", "nuclear"}
        and sentence.doc[last].pos_ in ("NOUN", "PROPN", "ADJ")
    ):
        last += 1
    return sentence.doc[first:last].text


_DAYS = frozenset({*calendar.day_name, *calendar.month_name})


def _unmarked(sentence: ParsedSentence) -> list[SentenceName]:
    """Towns that the model marks as nothing: a proper noun after `in` or hit by something, which the gazetteer knows."""
    found = []
    for token in sentence.doc:
        named = token.ent_type_ and not (token.ent_type_ == "TIME" and token.text not in _DAYS)  # `in Odesa overnight`
        gathering = _named_after(token)
        whole = token.head if token.dep_ == "compound" and token.head.lower_ in _DIVISIONS else token
        if token.pos_ != "PROPN" or token.i in sentence.name_of or not token.text[:1].isupper() or (named and gathering is None and whole is token):
            continue
        after = whole.dep_ == "pobj" and (
            whole.head.lower_ in ("in", "near", "on", "at", "outside") or (whole.head.lower_ == "of" and _holds_places(whole.head.head))
        )
        if not after and token.dep_ not in ("dobj", "nsubjpass") and gathering is None:
            continue
        first = token.i
        while first > 0 and sentence.doc[first - 1].dep_ == "compound" and sentence.doc[first - 1].head == token and sentence.doc[first - 1].pos_ == "PROPN":
            first -= 1
        text = sentence.doc[first : token.i + 1].text
        place = gazetteer().lookup(text)
        if place is not None and place.precision in ("city", "admin1", "point"):
            found.append(SentenceName(first, token.i + 1, sentence.start_of(sentence.doc[first]), sentence.end_of(token), text, "GPE", "model", None))
    return found


def _is_place(sentence: ParsedSentence, name: SentenceName) -> bool:
    if name.label in PLACE_LABELS and name.form == "model":
        return True
    if name.entity is not None and name.entity.kind == "state" and name.form in ("name", "capital", "former"):
        return True
    if name.form == "seat":
        return True
    # A town that the model takes for a person or body, as object of a verb: `struck Zaporizhzhia`.
    token = sentence.doc[name.first]
    if name.form == "model" and name.last == name.first + 1 and token.dep_ in ("dobj", "nsubjpass") and token.text[:1].isupper():
        found = gazetteer().lookup(name.text)
        return found is not None and found.precision in ("city", "admin1")
    # One of a list of towns: `rockets on Hanita and Kiryat Shmona`.
    last = sentence.doc[name.last - 1]
    if (
        name.entity is None
        and last.dep_ == "conj"
        and (first := sentence.name_of.get(last.head.i)) is not None
        and first.last <= name.first
        and _is_place(sentence, first)
    ):
        found = gazetteer().lookup(name.text)
        return found is not None and found.precision in ("city", "admin1", "point")
    # What the model takes for a person or organisation after `in` is oftener a town.
    head = sentence.doc[name.last - 1].head
    if name.entity is None and last.dep_ == "compound" and head.i == name.last and head.lower_ in _DIVISIONS and head.head.lower_ in ("in", "near"):
        return True  # `in Pakistan's Bajaur district`
    if name.entity is not None or sentence.doc[name.last - 1].dep_ != "pobj":
        return False
    if head.lower_ == "of" and head.head.lower_ in _SETTLEMENTS:
        return True
    if head.lower_ == "of" and head.head.pos_ == "NOUN" and _holds_places(head.head):
        # `the centre of Sumy`, `the port of Hodeidah`
        found = gazetteer().lookup(name.text)
        return found is not None and found.precision in ("city", "admin1")
    if head.lower_ == "between" and lemma_of(head.head) in LINES:
        return gazetteer().lookup(name.text) is not None
    if head.lower_ in ("on", "at", "against") and lemma_of(head.head) in _FIRING:
        found = gazetteer().lookup(name.text)
        return found is not None and found.precision in ("city", "admin1", "point")
    return head.lower_ in ("in", "near", "outside") and gazetteer().lookup(name.text) is not None


def _named_after(token: Token) -> Token | None:
    """The meeting whose name a town begins: `the Cairo Peace Summit`, `the 2025 Tianjin SCO summit`."""
    current = token
    for _ in range(3):
        if current.dep_ not in ("compound", "nmod") or current.head.i < token.i or token.text in _DAYS:
            return None
        current = current.head
        if lemma_of(current) in _GATHERINGS:
            return current
    return None


def is_site(noun: Token) -> bool:
    """Whether a common noun is a kind of place: `hospital`, `front lines`."""
    return noun.lower_ in _KIND_NOUNS or lemma_of(noun) in _KIND_NOUNS or lemma_of(noun) in LINES


def _holds_places(noun: Token) -> bool:
    """Whether `of` with a country behind a noun makes a place of it: `the south of Lebanon`, but not `the Office of the President of Finland`."""
    words = (noun.lower_, noun.lower_.removesuffix("s"), lemma_of(noun))
    return any(word in _KIND_NOUNS or word in _PARTS for word in words) or (noun.pos_ == "PROPN" and noun.ent_type_ in PLACE_LABELS)


def _attachment(root: Token, *, is_country: bool = False) -> tuple[str | None, Token | None]:
    """The preposition over a place and the word that this hangs on; `the port of Odesa` hangs where `port` does."""
    current = root
    for _ in range(8):
        head = current.head
        if head == current:
            return None, None
        if is_country and head.lower_ == "with" and head.head.lower_ in ("border", "frontier"):
            return None, None  # `near the border with Syria` is on this side of it
        if head.pos_ == "ADP" and head.lower_ in _LOCAL:
            over = head.head
            if over == head:
                return head.lower_, None
            if head.lower_ == "of" and over.pos_ in ("NOUN", "PROPN"):
                if is_country and not _holds_places(over):
                    return ("of", over) if current is root else (None, None)
                current = over
                continue
            if over.pos_ == "ADP":
                over = over.head
            return head.lower_, over
        if current.dep_ in ("conj", "appos", "compound", "nmod", "poss", "amod", "pobj", "npadvmod") or head.pos_ in ("PROPN", "NOUN"):
            if is_verb(head):
                return ("object" if current.dep_ in ("dobj", "nsubjpass") else None), head
            current = head
            continue
        if is_verb(head):
            return ("object" if current.dep_ in ("dobj", "nsubjpass") else None), head
        current = head
    return None, None
