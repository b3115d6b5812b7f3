"""What a document has told so far: persons, states and groups by their place in the text, and the parties of the events before."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import functools
import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from schemas.document import Document
from schemas.event_types import event_types
from schemas.place import Place
from transforms.events.names import NamedSpan, scanner
from transforms.events.offices import HEADS, OFFICES, SOLE_HOLDERS, holder, is_office
from transforms.events.publishers import home_of
from transforms.events.reference import Entity, Name, armed_groups, names, namesakes, organisations, standing, states
from transforms.events.surnames import CALENDAR, TITLED, began, goes_on, is_active, is_namesake, part_of_another_name, surnames, without_possessive
from transforms.events.words import word_set
from transforms.language.gate import Side, Sides

if TYPE_CHECKING:
    from transforms.events.assembly import Draft
    from transforms.events.filled import Filled
    from transforms.events.parties import Party
    from transforms.events.spans import ParsedSentence
    from transforms.events.when import EventDate


@dataclasses.dataclass(frozen=True)
class Told:
    """An event that a document told: what later sentences carry over from it."""

    event_type: str
    position: int
    filled: Filled
    status: str
    locations: tuple[Place, ...]
    start: datetime.date | None
    end: datetime.date | None
    precision: str | None
    basis: str | None
    word: str
    """The lemma of what told it."""


_GROUP_WORDS = word_set("parties", "group_words")
_BODY_WORDS = word_set("parties", "body_words")
_STATE_WORDS = word_set("parties", "state_words")
# Named beside states in lists of customs territories; as one of two sides they are not meant.
_TERRITORIES = ("HKG", "MAC")
_NATIONAL = re.compile(r"(?:National|Supreme|Federal|Russian|Iranian|State) $")
# Before the name of the body in whose name a communiqué speaks.
_SIGNED = re.compile(
    r"\b[Ww]e, the (?:(?:[Hh]eads of [Ss]tate(?: (?:and|or|and/or) [Gg]overnment)?|[Ll]eaders|[Mm]inisters|[Mm]embers)(?: and )?)+,? of (?:the )?"
    r"(?:[Mm]ember (?:[Cc]ountries|[Ss]tates|[Nn]ations) of (?:the )?)?"
)
# Before the name of a party another name of which it is the end: `the Social Democratic Party`.
_QUALIFIED = re.compile(r"\b(?:Social|Christian|Liberal|National|New|Free|United|People.s|Progressive|Constitutional|Union)(?:[ -]| and )$")
_FORCE_WORDS = frozenset({"army", "military"})
_BODY_MEETINGS = frozenset({"conference", "forum", "gathering", "summit"})
# Words of the American parliament.
_CONGRESS = re.compile(
    r"\b(?:Congress(?:man|woman|men)?|Senate|Senators?|Capitol Hill|Democrats?|Republicans?|White House|"
    r"President (?:Carter|Reagan|Bush|Clinton|Obama|Trump|Biden))\b"
)
# What happened within these days before a text is what the text is about.
NEWS_DAYS = 7
# What ends in a full stop within a sentence.
_SHORTENED = re.compile(r"\b(?:[A-WYZ]|Col|Dr|Gen|Gov|Lt|Mr|Mrs|Ms|Rep|Sen|St)$")
# Code points before a name in which its title stands.
_TITLE = 30
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w’'\-]+")


class DocumentMemory:
    """The names of one document and its events so far; resolves what refers back to them."""

    def __init__(self, document: Document) -> None:
        """Scans title and text of a document for known names."""
        self.day: datetime.date | None = document.published_date
        self.title = document.title or ""
        self.text = document.text
        self._source = document.source or ""
        self.spans: list[NamedSpan] = scanner().scan(document.text)
        self._title_spans = scanner().scan(self.title)
        self._learned: dict[str, Entity] = {}
        self._timeline: list[tuple[int, Entity]] = []
        self._told: list[Told] = []
        self.telling: list[Draft] = []
        """What the sentence that is being read has told so far."""
        self.home: str | None = home_of(document)
        for span in self._title_spans:
            self._note_person(span.entity)
        for span in self.spans:
            self._note_person(span.entity)
        self.spans = self._unambiguous(self.spans)
        self._title_persons: list[tuple[int, Entity]] = []
        self.spans = sorted([*self.spans, *self._bare_surnames()], key=lambda span: span.start)
        self._timeline = sorted(
            [(-1, span.entity) for span in self._title_spans] + self._title_persons + [(span.start, span.entity) for span in self.spans],
            key=lambda each: each[0],
        )
        counts = collections.Counter(
            span.entity.country for span in [*self._title_spans, *self.spans] if span.entity.country and span.entity.kind in ("state", "armed_group")
        )
        # Last the publisher's own: `San Jose` is at home where the text says nothing else.
        self.countries: tuple[str, ...] = tuple(dict.fromkeys([*(code for code, _ in counts.most_common()), *([self.home] if self.home else ())]))

    @functools.cached_property
    def sides(self) -> Sides:
        """The names of the document for the gate, persons as those they act for."""
        named = []
        for position, entity in self._timeline:
            stands_for = standing(entity, self.day).acts_for or entity.country or entity.actor_id or entity.name
            named.append(Side(position, stands_for, entity.kind))
        return Sides(named, self.home)

    def _note_person(self, entity: Entity) -> None:
        if entity.kind == "person":
            self._learned.setdefault(entity.name.split()[-1], entity)

    def _unambiguous(self, spans: list[NamedSpan]) -> list[NamedSpan]:
        """Drops short abbreviations of armed groups (`AA`, `IS`) and single names of persons (`Brown`) that the document does not also name in full."""
        in_full = {span.entity.actor_id for span in [*spans, *self._title_spans] if " " in span.text}
        spans = [span for span in spans if self._stands_alone(span) or span.entity.actor_id in in_full]
        spans = [span for span in spans if not (span.text == "Commonwealth" and self.text.startswith(" of ", span.end))]
        spans = [span for span in spans if not (span.text == "Security Council" and _NATIONAL.search(self.text, max(0, span.start - 20), span.start))]
        spans = [span for span in spans if span.text not in self.at_home]
        spans = [span for span in spans if not self.text.startswith("$", span.end)]  # `US$43`
        spans = [span for span in spans if span.entity.sector != "PTY" or not _QUALIFIED.search(self.text, max(0, span.start - 30), span.start)]
        full = {span.entity.actor_id for span in [*spans, *self._title_spans] if len(span.text) > 3}
        return [s for s in spans if s.entity.kind != "armed_group" or len(s.text) > 2 or s.entity.actor_id in full or (len(s.text) == 3 and s.text.isupper())]

    @functools.cached_property
    def at_home(self) -> dict[str, str]:
        """Names of states that mean a place of the publisher's country in this text, with that country: `Athens, Georgia`."""
        return {name: home for (name, home), otherwise in namesakes().items() if home == self.home and otherwise.search(self.text) is None}

    def _stands_alone(self, span: NamedSpan) -> bool:
        """Whether a name can be taken for its bearer's without the full one: of several words, behind a title, or of who leads a state on the day."""
        if span.entity.kind != "person" or " " in span.text or TITLED.search(self.text, max(0, span.start - _TITLE), span.start):
            return True
        return any(office.office in HEADS and office.held_on(self.day) for office in span.entity.offices)

    def _bare_surnames(self) -> list[NamedSpan]:
        """Persons by their last names alone in the text; those of the title are noted on the way."""
        found: list[NamedSpan] = []
        taken = {position for span in self.spans for position in range(span.start, span.end)}
        for text, base in ((self.title, None), (self.text, 0)):
            for word in _CAPITALISED.finditer(text):
                if base is not None and word.start() in taken:
                    continue
                last = without_possessive(word[0])
                if last not in surnames() and last not in self._learned:
                    continue
                titled = bool(TITLED.search(text, max(0, word.start() - _TITLE), word.start()))
                if not titled and last not in self._learned and part_of_another_name(text, word.start(), word.end()):
                    continue
                if titled and last not in self._learned and goes_on(text, word.start(), word.start() + len(last)):
                    continue
                if last in self._learned and is_namesake(text, word.start(), self._learned[last]):
                    continue
                entity = self.surname(last, title=titled)
                if entity is not None:
                    if base is None:
                        self._title_persons.append((-1, entity))
                    else:
                        found.append(NamedSpan(word.start(), word.start() + len(last), last, (Name(last, "surname", entity),)))
                    if titled:
                        self._learned.setdefault(last, entity)
        return found

    def surname(self, word: str, *, title: bool = False) -> Entity | None:
        """A person by last name: one named in full in the document, else one who alone of that name was in a high office on the day."""
        if word in CALENDAR:
            return None
        if word in self._learned:
            return self._learned[word]
        candidates = [entity for entity in surnames().get(word, ()) if standing(entity, self.day).office and is_active(entity, self.day)]
        high = [entity for entity in candidates if any(office.office in HEADS and office.held_on(self.day) for office in entity.offices)]
        named = {span.entity.country for span in self._title_spans + self.spans} if hasattr(self, "spans") else set()
        near = [entity for entity in candidates if standing(entity, self.day).country in named or self.home == standing(entity, self.day).country]
        near_high = [entity for entity in near if entity in high]
        if title and near:
            # `Vice President Harris` in the country that publishes, rather than a prime minister of that name elsewhere
            return near_high[0] if near_high else near[0]
        if len(near_high) == 1:
            return near_high[0]
        at_home = [entity for entity in near if standing(entity, self.day).country == self.home]
        if len(at_home) == 1:
            # `the Biden-Harris Administration` is not of a prime minister elsewhere
            return at_home[0]
        if len(high) == 1 and (title or len(word) > 4):
            return high[0]
        if title and len(candidates) == 1:
            return candidates[0]
        once = [
            entity
            for entity in surnames().get(word, ())
            if title and entity.country in named and any(o.office in HEADS and began(o, self.day) for o in entity.offices)
        ]
        return once[0] if len(once) == 1 and not candidates else None

    def once_led_by(self, surname: str) -> Entity | None:
        """The one state that persons of a last name have ever led: `the Bush administration`."""
        led = {
            office.country for entity in surnames().get(surname, ()) for office in entity.offices if office.office in ("head_of_state", "head_of_government")
        }
        return self.entity_of(led.pop()) if len(led) == 1 else None

    def learn(self, entity: Entity) -> None:
        """Remembers a person that only the text knows, for its bare last name."""
        words = entity.name.split()
        if len(words) > 1:
            self._learned.setdefault(words[-1], entity)

    def note(self, position: int, entity: Entity) -> None:
        """Remembers that an entity was named at a place in the text."""
        self._timeline.append((position, entity))
        self._timeline.sort(key=lambda each: each[0])

    def entity_of(self, identity: str | None) -> Entity | None:
        """The state, organisation or armed group of an id."""
        if identity is None:
            return None
        return states().get(identity) or organisations().get(identity) or armed_groups().get(identity)

    def remember_event(self, event_type: str, sentence: ParsedSentence, draft: Draft, when: EventDate) -> None:
        """Remembers an event that was told, for what refers back to it."""
        places, word = tuple(draft.locations), draft.token.lemma_.lower()
        told = Told(event_type, sentence.offset, draft.filled, draft.status.value, places, when.start, when.end, when.precision, when.basis, word)
        self._told.append(told)

    def last_told(self, event_type: str, roles: tuple[str, ...] = ()) -> Told | None:
        """The last event of a type that was told with one of some roles filled."""
        return next(
            (told for told in reversed(self._told) if told.event_type == event_type and (not roles or any(told.filled.roles.get(r) for r in roles))), None
        )

    def last_dated(self) -> Told | None:
        """The last event of any type of which the text says when it was: `a day later` counts from there."""
        return next((told for told in reversed(self._told) if told.start is not None and told.basis in ("text", "carried")), None)

    def last_gathering(self, event_type: str) -> Told | None:
        """The last event of a type that was told as a summit or conference: what `the gathering` goes back to rather than to two who met on its sidelines."""
        return next((told for told in reversed(self._told) if told.event_type == event_type and told.word in _BODY_MEETINGS), None)

    def told_again(self, event_type: str, word: str, *, single: bool = False, fits: Callable[[Told], bool] = lambda _: True) -> Told | None:
        """The last event of a type that a definite noun goes back to.

        Args:
            event_type: The type.
            word: The noun's lemma: rather what has happened and was told by the same word is meant (`the strike`).
            single: Whether the noun is singular: then rather what happened than what goes on.
            fits: Whether the noun's own parties can be those of an event.
        """
        told = [each for each in self._told if each.event_type == event_type and fits(each)]
        happened = [each for each in told if each.status == "occurred" or (each.status == "ongoing" and not single)]
        alike = [each for each in happened if each.word == word]
        fitting = alike or (happened if single else []) or told
        return fitting[-1] if fitting else None

    def told_with(self, event_type: str, keys: set[str], status: str, key: Callable[[Party], str]) -> Told | None:
        """The last event of a type in which some parties take part, rather one of the same status than another.

        Args:
            event_type: The type.
            keys: What tells the parties apart that must be among the event's; none fits every event.
            status: The status that is preferred.
            key: Gives what tells a party apart.
        """
        fitting = [
            told for told in self._told if told.event_type == event_type and keys <= {key(party) for party in told.filled.all()} and (keys or told.filled.all())
        ]
        alike = [told for told in fitting if told.status == status or {told.status, status} <= {"planned", "proposed"}]
        news = [told for told in alike if self.day is not None and told.start is not None and 0 <= (self.day - told.start).days <= NEWS_DAYS]
        return (news or alike or fitting)[-1] if fitting else None

    def acting_before(self, position: int) -> list[Party]:
        """The acting parties of an event with two sides that the sentence right before a place tells: `EU leaders agreed to …. However, they …`."""
        told = self._told[-1] if self._told else None
        if told is None or position - told.position > 400 or event_types()[told.event_type].RECEIVING is None:
            return []
        return told.filled.roles.get(event_types()[told.event_type].ACTING, [])

    def last_parties(self, phrase: str, *, states_alone: bool = False) -> list[Party]:
        """Whom `the two leaders`, `both sides`, `they` stand for: the parties of the last event with more than one where nobody acts on another.

        Args:
            phrase: The words.
            states_alone: Whether they mean states: then the last event in which two take part.
        """
        for told in reversed(self._told):
            if event_types()[told.event_type].RECEIVING is not None:
                continue
            parties = told.filled.all()
            if states_alone and len({party.acts_for(self.day) for party in parties} & states().keys()) < 2:
                continue
            arranging = {party.key for role in ("host", "mediator") for party in told.filled.roles.get(role, ())}
            others = [party for party in parties if party.key not in arranging]
            if len(others) >= 2:
                parties = others  # `Their ministers have met since`: not those of the host
            members = [party for party in parties if party.entity is None or party.entity.kind != "organisation"]
            if told.word in _BODY_MEETINGS and len(members) >= 2:
                parties = members  # who met at a summit, and not the body whose it is
            if len(parties) >= 2:
                if phrase.lower().startswith(("the two", "both", "two")) and len(parties) > 2:
                    # of an envoy and two states the two states
                    countries = [party for party in parties if party.entity is not None and party.entity.kind == "state"]
                    return countries if len(countries) == 2 else parties[-2:]
                return parties
        return []

    def countries_told_of(self) -> list[str]:
        """Countries in the order in which `the country` may mean them: where the last event happened, then those that the text names most."""
        told = [place.country for event in reversed(self._told) for place in event.locations if place.country is not None]
        return [*told[:1], *self.countries]

    def _clause_start(self, before: int) -> int:
        """The full stop or line end that the sentence of a place begins behind; abbreviations end none: `U.S. envoys`, `Gen. Brown`."""
        stop = self.text.rfind(". ", 0, before)
        while stop > 0 and _SHORTENED.search(self.text, max(0, stop - 6), stop):
            stop = self.text.rfind(". ", 0, stop)
        return max(stop, self.text.rfind("\n", 0, before))

    def sides_of_attack(self) -> list[Entity]:
        """The two sides of the last attack that has an attacker and a target, as those they act for."""
        for told in reversed(self._told):
            if event_types()[told.event_type].RECEIVING == "target":
                sides = {p.acts_for(self.day) or p.key: p.entity for parties in told.filled.roles.values() for p in parties if p.entity is not None}
                if len(sides) == 2:
                    return list(sides.values())
        return []

    def two_named(self, before: int, sentences: int) -> list[Entity]:
        """The only two states, groups or persons that the text before a place names, in its sentence or the nearest of those before.

        Args:
            before: The place.
            sentences: How many sentences are looked at, with the place's own.
        """
        end = before
        for _ in range(sentences):
            start = self._clause_start(end) + 1
            named: dict[str, Entity] = {}
            for at, entity in self._timeline:
                if start <= at < end and entity.kind in ("state", "armed_group", "person") and entity.country not in _TERRITORIES:
                    whom = standing(entity, self.day).acts_for or entity.actor_id
                    if whom is not None:
                        named.setdefault(whom, entity)
            if len(named) > 1:
                return list(named.values()) if len(named) == 2 else self._coordinated(start, end)
            end = max(start - 1, 0)
        return []

    def _coordinated(self, start: int, end: int) -> list[Entity]:
        """The last two names `A and B` in a part of the text."""
        spans = [span for span in self.spans if start <= span.start and span.end <= end and span.entity.kind in ("state", "armed_group", "person")]
        pairs = [[one.entity, other.entity] for one, other in itertools.pairwise(spans) if _AND.fullmatch(self.text, one.end, other.start)]
        return pairs[-1] if pairs else []

    def person_before(self, position: int, gender: str) -> Entity | None:
        """The last person of a gender named before a place; of those in one sentence the first, which is oftener its subject."""
        window = [(at, entity) for at, entity in self._timeline if at < position and entity.kind == "person" and entity.gender in (gender, None)]
        if not window:
            return None
        last = window[-1][0]
        stop = self._clause_start(max(last, 0))
        same_sentence = [(at, entity) for at, entity in window if at > stop]
        current = self._clause_start(position)
        if same_sentence and same_sentence[0][0] > current:
            return same_sentence[0][1]
        return same_sentence[0][1] if same_sentence else window[-1][1]

    def body_before(self, position: int) -> Entity | None:
        """The last state, organisation or group named before a place; of those in one sentence the first."""
        window = [(at, entity) for at, entity in self._timeline if 0 <= at < position and entity.kind != "person"]
        if not window:
            return None
        current = self._clause_start(position)
        here = [entity for at, entity in window if at > current]
        if here:
            return here[0]
        last = window[-1][0]
        stop = self._clause_start(last)
        return next(entity for at, entity in window if at > stop)

    def definite(self, noun: str, before: int) -> Entity | None:
        """Whom `the president`, `the group`, `the alliance` stands for: the last one named before a place that the noun fits, else the first after it."""
        timeline = [each for each in reversed(self._timeline) if each[0] < before] + [each for each in self._timeline if each[0] > before]
        kinds: tuple[str, ...]
        if noun in SOLE_HOLDERS:
            return self.sole_holder(noun)
        if noun in OFFICES:
            offices = OFFICES[noun]
            for _, entity in timeline:
                if entity.kind == "person" and any(is_office(office, offices) and office.held_on(self.day) for office in entity.offices):
                    return entity
            return self._officer(offices)
        if noun in _GROUP_WORDS:
            kinds = ("armed_group",)
        elif noun in _BODY_WORDS:
            kinds = ("organisation",)
        elif noun in _STATE_WORDS:
            if noun == "administration" and any(entity.actor_id == "USA" or entity.country == "USA" for _, entity in timeline):
                return states()["USA"]
            here = self._clause_start(before)
            if noun in _FORCE_WORDS and not any(here < at < before and entity.kind == "state" for at, entity in timeline):
                # `The army said`: of the state that the text is about, rather than of one named in passing
                return states().get(self.countries[0]) if self.countries else None
            kinds = ("state",)
        else:
            return None
        return next((entity for _, entity in timeline if entity.kind in kinds), None)

    def sole_holder(self, title: str) -> Entity | None:
        """Who holds an office that is one state's alone by its title, on the day: `the Taoiseach`; None for other words."""
        office = SOLE_HOLDERS.get(title.lower().removeprefix("the "))
        return self._officer((office[0],), office[1]) if office is not None else None

    def _officer(self, offices: tuple[str, ...], country: str | None = None) -> Entity | None:
        """Who held an office in a country, by default in the one that publishes."""
        country = country or self.home
        return holder(offices, country, self.day) if country is not None else None

    def chamber(self, name: str) -> Entity | None:
        """`The House`, where the document shows by other words of that parliament that the American one is meant."""
        if name != "House" or not (self.home == "USA" or _CONGRESS.search(self.text)):
            return None
        return next((each.entity for each in names().get("House of Representatives", ())), None)

    def parties_named(self, before: int) -> list[Entity]:
        """The states, armed groups and organisations that the document has named up to a place, persons as those they act for."""
        found: dict[str, Entity] = {}
        for at, entity in self._timeline:
            if at >= before:
                break
            party = self.entity_of(standing(entity, self.day).acts_for) if entity.kind == "person" else entity
            if party is not None and party.kind in ("state", "armed_group", "organisation"):
                whom = self.entity_of(party.acts_for) or party
                found.setdefault(whom.actor_id or whom.name, whom)
        return list(found.values())

    @functools.cached_property
    def signatory(self) -> Entity | None:
        """The body in whose name a communiqué speaks: `We, the Leaders of the Group of Seven, …`; None where the text is none."""
        opening = _SIGNED.search(self.text)
        return next((span.entity for span in self.spans if opening.end() == span.start), None) if opening is not None else None

    def states_of_title(self) -> list[Entity]:
        """The states that the title names, by their people, leaders and capitals too."""
        found = {standing(span.entity, self.day).acts_for or span.entity.country: None for span in self._title_spans}
        return [states()[code] for code in found if code in states()]

    def head_of_body(self, office: str) -> Entity | None:
        """Whose office a title is that bodies alone have, as in their own texts: `The Secretary-General`; the body of the source, else the only one named."""
        bodies = word_set("bodies_led", office)
        source = [span.entity for span in scanner().scan(self._source) if span.entity.actor_id in bodies]
        named = dict.fromkeys(entity.actor_id for _, entity in self._timeline if entity.actor_id in bodies)
        led = {standing(entity, self.day).acts_for for _, entity in self._timeline if entity.kind == "person"} & bodies
        if source:
            return source[0]
        if len(bodies) == 1 or len(named) == 1 or len(led) == 1:
            return self.entity_of(next(iter(bodies if len(bodies) == 1 else named if len(named) == 1 else led)))
        return None

    @property
    def speaker(self) -> Entity | None:
        """Who says `I` in a statement: the first person that its title names."""
        return next((entity for at, entity in self._timeline if at == -1 and entity.kind == "person"), None)
