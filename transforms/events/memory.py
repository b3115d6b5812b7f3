"""What a document has told so far: persons, states and groups by their place in the text, and the parties of the events before."""

from __future__ import annotations

import collections
import functools
import itertools
import re

from schemas.document import Document
from transforms.events.chronicle import Chronicle
from transforms.events.names import NamedSpan, scanner
from transforms.events.offices import HEADS, OFFICES, SOLE_HOLDERS, holder, is_office
from transforms.events.publishers import home_of
from transforms.events.reference import Entity, Name, armed_groups, names, namesakes, organisations, standing, states
from transforms.events.surnames import CALENDAR, TITLED, began, goes_on, is_active, is_namesake, part_of_another_name, surnames, without_possessive
from transforms.language.gate import Side, Sides
from transforms.language.words import word_set

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
_FORCE_WORDS = word_set("parties", "force_words")
# Words of the American parliament.
_CONGRESS = re.compile(
    r"\b(?:Congress(?:man|woman|men)?|Senate|Senators?|Capitol Hill|Democrats?|Republicans?|White House|"
    r"President (?:Carter|Reagan|Bush|Clinton|Obama|Trump|Biden))\b"
)
# What ends in a full stop within a sentence.
_SHORTENED = re.compile(r"\b(?:[A-WYZ]|Col|Dr|Gen|Gov|Lt|Mr|Mrs|Ms|Rep|Sen|St)$")
_JOINT = re.compile(r"(?i)(?:\W*(?:remarks|text)\W+)?(?:the )?joint (?:\w+ )?(?:statement|declaration|communiqu)")
# Code points before a name in which its title stands.
_TITLE = 30
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_CAPITALISED = re.compile(r"[A-ZÀ-Þ](?<!\w.)[\w’'\-]+")


class DocumentMemory(Chronicle):
    """The names of one document and its events so far; resolves what refers back to them."""

    def __init__(self, document: Document) -> None:
        """Scans title and text of a document for known names."""
        super().__init__(document.published_date)
        self.title = document.title or ""
        self.text = document.text
        self._source = document.source or ""
        self.spans: list[NamedSpan] = scanner().scan(document.text)
        self._title_spans = scanner().scan(self.title)
        self._learned: dict[str, Entity] = {}
        self._timeline: list[tuple[int, Entity]] = []
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
    def titled(self) -> str:
        """The title and the text."""
        return f"{self.title} {self.text}"

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
        return {
            name: home for (name, home), otherwise in namesakes().items() if home == self.home and name in self.text and otherwise.search(self.text) is None
        }

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
                before = TITLED.search(text, max(0, word.start() - _TITLE), word.start())
                titled = before is not None
                if not titled and last not in self._learned and part_of_another_name(text, word.start(), word.end()):
                    continue
                if titled and last not in self._learned and goes_on(text, word.start(), word.start() + len(last)):
                    continue
                if last in self._learned and is_namesake(text, word.start(), self._learned[last]):
                    continue
                entity = self.surname(last, title=titled, office=before[0].strip().lower() if before is not None else None)
                if entity is not None:
                    if base is None:
                        self._title_persons.append((-1, entity))
                    else:
                        found.append(NamedSpan(word.start(), word.start() + len(last), last, (Name(last, "surname", entity),)))
                    if titled:
                        self._learned.setdefault(last, entity)
        return found

    def surname(self, word: str, *, title: bool = False, office: str | None = None) -> Entity | None:
        """A person by last name: one named in full in the document, else one who alone of that name was in a high office on the day.

        Args:
            word: The last name.
            title: Whether a title stands before it.
            office: The title in small letters: who alone of that name holds such an office is meant.
        """
        if word in CALENDAR:
            return None
        if word in self._learned:
            return self._learned[word]
        if word.lower() in SOLE_HOLDERS:
            return None  # `the Pope` is no Mr Pope
        candidates = [entity for entity in surnames().get(word, ()) if standing(entity, self.day).office and is_active(entity, self.day)]
        high = [entity for entity in candidates if any(office.office in HEADS and office.held_on(self.day) for office in entity.offices)]
        named = {span.entity.country for span in self._title_spans + self.spans} if hasattr(self, "spans") else set()
        near = [entity for entity in candidates if standing(entity, self.day).country in named or self.home == standing(entity, self.day).country]
        near_high = [entity for entity in near if entity in high]
        so_titled = [entity for entity in candidates if any(each.held_on(self.day) and each.title.lower() == office for each in entity.offices)]
        if len(so_titled) == 1:
            return so_titled[0]
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

    def parties_of_title(self, *, joint: bool = False) -> list[Entity]:
        """The only two persons that the title names, of two states or bodies: `Readout of A's call with B`.

        Args:
            joint: Only where the title is that of a joint statement; then however many it names, and states where it names no persons.
        """
        if joint and _JOINT.match(self.title) is None:
            return []
        persons: dict[str, Entity] = {}
        for at, entity in self._timeline:
            if at == -1 and entity.kind == "person":
                persons.setdefault(standing(entity, self.day).acts_for or entity.name, entity)
        if joint:
            signing = list(persons.values()) if len(persons) > 1 else self.states_of_title()
            return signing if len(signing) > 1 else []
        return list(persons.values()) if len(persons) == 2 else []

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

    def group_before(self, position: int) -> Entity | None:
        """The armed group named before a place, where no other body was named since."""
        last = next((entity for at, entity in reversed(self._timeline) if at < position and entity.kind in ("armed_group", "organisation")), None)
        return last if last is not None and last.kind == "armed_group" else None

    def definite(self, noun: str, before: int) -> Entity | None:
        """Whom `the president`, `the group`, `the alliance` stands for: the last one named before a place that the noun fits, else the first after it."""
        timeline = [each for each in reversed(self._timeline) if each[0] < before] + [each for each in self._timeline if each[0] > before]
        kinds: tuple[str, ...]
        if noun in SOLE_HOLDERS:
            return self.sole_holder(noun)
        if noun in OFFICES:
            offices = OFFICES[noun]
            held = [e for _, e in timeline if e.kind == "person" and any(is_office(office, offices) and office.held_on(self.day) for office in e.offices)]
            earlier = {entity.actor_id for at, entity in timeline if at < before}
            if held and (noun != "president" or held[0].actor_id in earlier):
                return held[0]
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

    def states_by_mention(self, before: int) -> collections.Counter[str]:
        """How often the document has named each state up to a place, by its people, leaders and bodies too."""
        named = (standing(entity, self.day).acts_for or entity.country for at, entity in self._timeline if at < before and entity.kind != "armed_group")
        return collections.Counter(code for code in named if code in states())

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
