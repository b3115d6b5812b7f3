"""Which event of a sentence a time expression dates, and which it does not."""

from __future__ import annotations

import datetime

import pytest

from tests.transforms.events.conftest import Reader

# A Thursday.
PUBLISHED = "2025-03-20"


def dates(read: Reader, text: str, event_type: str) -> list[tuple[str | None, str | None]]:
    found = [mention for mention in read(text, published=PUBLISHED) if mention.event_type == event_type]
    return [(None if each.event_date is None else str(each.event_date), each.date_basis) for each in found]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # of several words, whatever the first of them hangs on
        ("The Vice President spoke yesterday evening with the Prime Minister of Canada.", "2025-03-19"),
        ("Four soldiers died in the American airstrikes on Yemen, including its capital Sanaa, three days ago.", "2025-03-17"),
        # hung on a verb with another object
        ("The army killed two men accused of plotting an attack in Quetta last year.", "2024-01-01"),
        # what an attack did, it did when it happened
        ("The mayor of Cali, who was shot and killed on Saturday, had received threats.", "2025-03-15"),
        ("The missile attack on Kharkiv, which wounded nine people on Sunday, drew protests.", "2025-03-16"),
        ("A man was arrested after a stabbing spree that killed three people in Bern between Monday and Tuesday.", "2025-03-17"),
        # on the light verb
        ("The general defended the strikes conducted last night against Houthi fighters.", "2025-03-19"),
        # many as one
        ("Last week's wave of missile strikes on Kyiv killed ten people.", "2025-03-10"),
        # what follows behind a ruling is the attack's own
        ("A court in Madrid sentenced two men on Tuesday for a bombing in Valencia in 2017.", "2017-01-01"),
        # from an hour of the day
        ("Israeli jets bombed a depot near Homs shortly before dawn on Monday.", "2025-03-17"),
        ("The king of Morocco met the president of Kenya before sunset on Tuesday.", "2025-03-18"),
        # what those who are hit were doing, or what they do at all
        ("Gunmen attacked a lorry carrying flour near Gao on Tuesday.", "2025-03-18"),
        ("Rebels killed twelve farmers harvesting rice near Bunia on Saturday.", "2025-03-15"),
        ("Missiles struck the Bryansk plant, which makes explosives, on Tuesday.", "2025-03-18"),
        # told by a clause of the same moment
        ("Villagers were massacred when armed herders raided Yelwata in Nigeria late on Friday.", "2025-03-14"),
        ("Gunmen shot dead a pilot in Papua shortly after he landed on Monday.", "2025-03-17"),
        ("A United Nations helicopter came under fire while evacuating soldiers from Nasir on Friday.", "2025-03-14"),
        # told by a verb before
        ("Gunmen boarded a bus in Jerusalem on Monday and shot six people dead.", "2025-03-17"),
        ("A drone attack claimed the lives of seven workers in El Fasher on Monday.", "2025-03-17"),
        ("JNIM claimed an ambush near Gao on Saturday that killed 16 soldiers.", "2025-03-15"),
        # in front, wherever the parser hangs its numbers
        ("On 18 February Israeli forces resumed their bombardment of Rafah.", "2025-02-18"),
        ("On Jan. 8 gunmen overran a post in Mali and killed 28 soldiers.", "2025-01-08"),
        ("The Secretary of State was in Ankara yesterday, and he met there with Foreign Minister Fidan.", "2025-03-19"),
        # of the day on which something was called off
        ("The president of Colombia suspended talks with the rebels on Friday.", "2025-03-14"),
        ("Talks between Serbia and Kosovo broke down on Monday.", "2025-03-17"),
        ("Iran called off talks with France set for Friday.", "2025-03-21"),
        ("Iran cancelled Friday's talks with France.", "2025-03-21"),
        # what is in a name is no day
        ("The March 23 Movement shelled Goma on Monday.", "2025-03-17"),
    ],
)
def test_what_dates_an_attack_or_a_meeting(read: Reader, text: str, day: str) -> None:
    found = read(text, published=PUBLISHED)
    assert [str(each.event_date) for each in found] == [day]
    assert {each.date_basis for each in found} == {"text"}


@pytest.mark.parametrize(
    "text",
    [
        # the verb of another clause
        "Two rebels were killed during a raid by Indian soldiers in Rajouri, after five soldiers were killed yesterday.",
        "It is the second Ukrainian attack on the airport since the town fell to Russian forces on 2 March.",
        "A drone strike in Kabul killed the man who led the network since the death of his brother in 2011.",
        # the police
        "Police in Lyon arrested a man on Monday over an attack in Paris.",
        # the name of a law
        "The president condemned the attack on Kharkiv under section 3 of the Security Act of 1961.",
        # the day of something else
        "The minister visited survivors of the 2017 fire after the attack in Nairobi.",
        # a place and a group
        "Five people were killed in a shooting in Fall City, Washington.",
        "The March 23 Movement is blamed for the attack in Goma.",
    ],
)
def test_what_does_not_date_an_attack(read: Reader, text: str) -> None:
    assert {basis for _, basis in dates(read, text, "strike")} <= {"published", "before"}


@pytest.mark.parametrize(
    ("text", "event_type", "expected"),
    [
        # one time for two
        ("In February, Modi announced new targets and convened a summit in Delhi.", "meeting", ["2025-02-01"]),
        ("Russia struck Kharkiv on Monday, killing three people, and hit Odesa on Tuesday.", "strike", ["2025-03-17", "2025-03-18"]),
        # what follows is of another time
        ("Modi met Macron in Paris on Friday and will meet Scholz in Berlin on Monday.", "meeting", ["2025-03-14", "2025-03-24"]),
        # at the same time
        ("Officials were killed in an airstrike during a meeting yesterday in Sanaa.", "strike", ["2025-03-19"]),
    ],
)
def test_times_of_several_events(read: Reader, text: str, event_type: str, expected: list[str]) -> None:
    assert [day for day, _ in dates(read, text, event_type)] == expected


def test_what_is_talked_about_has_the_time_behind_it(read: Reader) -> None:
    text = "Sullivan met Sudani today in Davos. They discussed several matters, including Iran’s missile attacks against Erbil, Iraq the day prior and trade."
    found = read(text, published=PUBLISHED)
    assert [(each.event_type, str(each.event_date)) for each in found] == [("meeting", PUBLISHED), ("meeting", PUBLISHED), ("strike", "2025-03-19")]


@pytest.mark.parametrize(
    "text",
    [
        "Sweden announced $7 billion in military aid to Ukraine for 2026 to 2028.",
        "Britain will donate air defense missiles to Ukraine in the coming weeks.",
        "France will send Moldova €250 million in humanitarian aid this year.",
        "The EU is set to deliver vaccines to Ghana on April 7.",
    ],
)
def test_when_a_thing_comes_is_not_when_it_was_promised(read: Reader, text: str) -> None:
    (told,) = read(text, published=PUBLISHED)
    assert (told.event_date, told.date_basis) == (datetime.date.fromisoformat(PUBLISHED), "published")


def test_a_promise_has_a_day(read: Reader) -> None:
    (told,) = read("Sweden pledged $7 million in military aid to Ukraine on Tuesday.", published=PUBLISHED)
    assert str(told.event_date) == "2025-03-18"


@pytest.mark.parametrize(
    "text",
    [
        "Russia struck a base in Sumy yesterday. It is the heaviest loss of life in a single attack since the war began.",
        "Gunmen killed ten people in Kano yesterday. Attacks in Nigeria have become more common over the past decade. After the attack, residents fled.",
        "Gunmen killed ten people in Kano yesterday. It was the second attack there this year.",
    ],
)
def test_what_goes_back_has_the_same_day(read: Reader, text: str) -> None:
    last = read(text, published=PUBLISHED)[-1]
    assert (str(last.event_date), last.date_basis) == ("2025-03-19", "carried")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # the day of saying it is another
        ("Gunmen killed nine soldiers in Gao on Friday. JNIM claimed the attack in a statement on Sunday.", ["2025-03-14", "2025-03-14"]),
        ("A bomb killed nine soldiers in Gao on Friday. The group said on Sunday it was behind the bombing.", ["2025-03-14", "2025-03-14"]),
        # more of the same attack
        ("Rebels fired rockets into Goma on Tuesday, killing five people. Two rockets exploded outside a school.", ["2025-03-18", "2025-03-18"]),
        ("Russia launched 90 drones at Ukraine overnight. Air defences shot down 60 of the drones.", ["2025-03-19", "2025-03-19"]),
        # another attack
        ("Russia struck Kharkiv on Tuesday. Ukraine shelled Belgorod.", ["2025-03-18", "2025-03-20"]),
        ("Russia struck Kharkiv on Tuesday. Russian drones hit Odesa, killing two.", ["2025-03-18", "2025-03-20"]),
        # counted from the event told before, whatever its type
        ("Israel struck Beirut on Sunday. The king of Jordan met the president of Egypt a day later.", ["2025-03-16", "2025-03-17"]),
    ],
)
def test_what_dates_an_event_that_is_told_after_another(read: Reader, text: str, days: list[str]) -> None:
    assert [str(each.event_date) for each in read(text, published=PUBLISHED)] == days
