"""Who takes part, in constructions that hide it: bodies named after their members, governments after their leaders, brokers before the noun."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.-Japan Energy Council met in Tokyo on March 18.", {"participant:USA", "participant:JPN"}),
        ("Kenya hosted the first meeting of the Kenya-Uganda Joint Trade Commission in Nairobi on Monday.", {"participant:KEN", "participant:UGA", "host:KEN"}),
        (
            "Sudan and the Rapid Support Forces signed a truce at Saudi-brokered peace talks in Jeddah.",
            {"participant:SDN", "participant:rapid-support-forces", "mediator:SAU"},
        ),
        ("Senior Libyan government officials are reportedly in talks with the Turkish government over gas.", {"participant:LBY", "participant:TUR"}),
        ("She held an Easter meeting with Ukrainian First Lady Olena Zelenska.", {"participant:UKR"}),
        ("President Macron and the Taoiseach discussed trade on Thursday.", {"participant:FRA", "participant:IRL"}),
        # a list whose beginning the parser takes for the end of the date
        (
            "At the summit on March 18, 2024, Finland, Germany, Japan, Poland, and South Korea joined the pledge.",
            {"participant:FIN", "participant:DEU", "participant:JPN", "participant:POL", "participant:KOR"},
        ),
        ("Brazil signed the treaty during the China-CELAC Forum in Beijing.", {"participant:BRA", "participant:CHN", "participant:celac"}),
        ("Olena Melnyk, Ukrainian Ambassador to Hungary, was received by the Hungarian foreign minister.", {"participant:UKR", "participant:HUN", "host:HUN"}),
        # who calls for talks of two others has no part in them
        ("Chairperson of the African Union Moussa Faki calls for dialogue between Ethiopia and Eritrea.", {"participant:ETH", "participant:ERI"}),
        ("A Ukrainian delegation arrived in Turkey for peace talks with the Russian delegation.", {"participant:UKR", "participant:RUS"}),
        ("Armenia and Azerbaijan agreed to a ceasefire following Russian-mediated talks.", {"participant:ARM", "participant:AZE", "mediator:RUS"}),
        ("Mali and Niger agreed to reopen their embassies, following talks in Doha brokered by Qatar.", {"participant:MLI", "participant:NER", "mediator:QAT"}),
        ("France and Italy announced their intention to send observers after talks in Rome.", {"participant:FRA", "participant:ITA"}),
        # during a meeting, whom one urges is there too
        ("During a meeting in Kyiv, Indian Prime Minister Modi urged President Zelensky to end the war.", {"participant:IND", "participant:UKR"}),
        ("Following a meeting in Warsaw, the foreign ministers of Poland and Latvia call for new rules.", {"participant:POL", "participant:LVA"}),
        ("The Presidential Delegation, led by Ambassador Linda Thomas-Greenfield, met with senior Kenyan officials.", {"participant:USA", "participant:KEN"}),
        ("We, the Leaders of the Group of Seven, met in Apulia on Friday.", {"participant:g7"}),
        (
            "The deal came after a call between Secretary of State Marco Rubio and Iraqi Prime Minister Mohammed Shia' Al Sudani.",
            {"participant:USA", "participant:IRQ"},
        ),
        ("Mogadishu was locked down during a visit from Ethiopian Prime Minister Abiy Ahmed.", {"participant:ETH", "participant:SOM", "host:SOM"}),
        (
            "Israeli Prime Minister Netanyahu hosted Japanese National Security Advisor Dr. Akiba Takeo in Tel Aviv.",
            {"participant:ISR", "participant:JPN", "host:ISR"},
        ),
    ],
)
def test_parties_of_meetings(read: Reader, text: str, expected: set[str]) -> None:
    told = read(text)[-1]
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors if actor.actor_id or actor.acts_for} == expected


def test_what_is_hosted_is_no_party(read: Reader) -> None:
    (told,) = read("On Monday, the United States hosted the Third Summit of the Sahara in Boston.")
    assert {actor.name for actor in told.actors} == {"United States"}


def test_government_named_after_leaders_is_that_of_their_state(read: Reader) -> None:
    (told,) = read("The Biden-Harris Administration convened Kenyan officials at the White House on Tuesday.", published="2023-03-24")
    assert {actor.acts_for for actor in told.actors} == {"USA", "KEN"}


def test_two_visits_of_one_trip_are_two_meetings(read: Reader) -> None:
    told = read("Foreign Minister Wang Yi visits Egypt for talks, and will also visit Kenya and Ghana.")
    assert [(each.status, {actor.acts_for for actor in each.actors}) for each in told] == [
        ("occurred", {"CHN", "EGY"}),
        ("planned", {"CHN", "KEN", "GHA"}),
    ]


def test_the_meeting_goes_back_to_the_one_told_before_it(read: Reader) -> None:
    (told,) = read("Kenyan President William Ruto met Guatemalan President Bernardo Arévalo in Nairobi despite Chinese pressure in response to the meeting.")
    assert {actor.acts_for for actor in told.actors} == {"KEN", "GTM"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Suspected Islamic State fighters killed at least 18 people in an attack on a village in Cameroon.", {"attacker:islamic-state", "target:CMR"}),
        ("Rwandan soldiers killed three people during a raid on the Congolese city of Goma.", {"attacker:RWA", "target:COD"}),
        ("U.S. missile strikes on Saada, Yemen, hit a grain store, killing at least four people.", {"attacker:USA", "target:YEM"}),
        ("Mexican forces launched an ambush along the Rio Grande, killing 11 and wounding 6 American troops.", {"attacker:MEX", "target:USA"}),
    ],
)
def test_parties_of_attacks(read: Reader, text: str, expected: set[str]) -> None:
    told = read(text)[0]
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Olaf Scholz met in Berlin with Stephen Lovegrove, National Security Advisor to the Prime Minister of the United Kingdom.", {"DEU", "GBR"}),
        ("William Ruto met with officials from the Government of Peru in Nairobi.", {"KEN", "PER"}),
        ("Olaf Scholz met today with Karin Wallensteen, State Secretary for Foreign Affairs to the Prime Minister of Sweden.", {"DEU", "SWE"}),
        ("A delegation of Hamas officials met officials from Kenya and Uganda in Cairo.", {"hamas", "KEN", "UGA"}),
        ("The Philippine government and communist rebels agreed to resume peace talks after six years.", {"PHL", None}),
    ],
)
def test_parties_by_what_stands_behind_or_beside_a_name(read: Reader, text: str, expected: set[str | None]) -> None:
    (told,) = read(text)
    assert {actor.acts_for for actor in told.actors if actor.role == "participant"} == expected


def test_both_of_a_pair_that_is_named_together(read: Reader) -> None:
    (told,) = read("Donald Trump said that Israel and Iran were both at fault, as both countries continue to launch attacks.", published="2025-06-24")
    assert {(actor.role, actor.acts_for) for actor in told.actors} == {("attacker", "ISR"), ("attacker", "IRN")}


@pytest.mark.parametrize(
    "text",
    [
        "We were struck by the courage of a teacher from Arizona.",
        "Japan and China supported the peaceful resolution of the dispute through dialogue in Tokyo.",
    ],
)
def test_figures_of_speech_report_nothing(read: Reader, text: str) -> None:
    assert read(text) == []


def test_attacker_is_not_where_it_attacks(read: Reader) -> None:
    (told,) = read("The people are suffering from Russia’s devastating bombing of civilians.")
    assert {(actor.role, actor.acts_for) for actor in told.actors} == {("attacker", "RUS")}
    assert told.locations == ()


def test_border_of_a_state_is_not_in_it(read: Reader) -> None:
    (told,) = read("Rockets struck two villages near the Lebanon border on Monday.")
    assert told.locations == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At the Apulia G7 Leaders' Summit in June, the group agreed on a loan.", {"participant:g7"}),
        ("Viktor Orban is the first European leader to meet with Vladimir Putin since the invasion began.", {"participant:HUN", "participant:RUS"}),
        ("Emmanuel Macron announces a visit to the Georgian capital Tbilisi as a show of support.", {"participant:FRA", "participant:GEO", "host:GEO"}),
        (
            "The envoy reaffirmed President Trump's invitation for Prime Minister Mitsotakis to visit the White House soon.",
            {"participant:GRC", "participant:USA", "host:USA"},
        ),
        (
            "Negotiations on the accession of Moldova and Albania to the European Union begin.",
            {"participant:MDA", "participant:ALB", "participant:european-union"},
        ),
    ],
)
def test_parties_of_meetings_by_reference(read: Reader, text: str, expected: set[str]) -> None:
    (told,) = (each for each in read(text) if each.event_type == "meeting")
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least 30 people are killed in Israeli airstrikes across the Gaza Strip, including nine in a strike on a school in Rafah.",
            {"attacker:ISR", "target:PSE"},
        ),
        ("Eleven guards are killed in Zahedan, Iran, in an attack on a police post by members of Jaish ul-Adl.", {"attacker:jaish-al-adl", "target:IRN"}),
    ],
)
def test_parties_of_attacks_by_reference(read: Reader, text: str, expected: set[str]) -> None:
    told = read(text)[-1]
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors} == expected


@pytest.mark.parametrize(
    "text",
    [
        "The militia lured a dozen civilians from their homes in Leer, South Sudan, and then shot them dead.",
        "The Belgian head of the mission, Wim Peters, was shot in Khartoum.",
        "Gunmen shot eleven people in a market in Port-au-Prince, Haiti.",
    ],
)
def test_people_who_are_shot(read: Reader, text: str) -> None:
    assert [each.event_type for each in read(text)] == ["strike"]


@pytest.mark.parametrize(
    ("text", "expected", "country"),
    [
        ("Israeli troops shelled the southern Lebanese city of Blida on Monday.", {"attacker:ISR", "target:LBN"}, "LBN"),
        ("The minister spoke of Israel's answer to the Hamas attack.", {"attacker:hamas", "target:ISR"}, None),
        ("The Israeli Air Force killed a Hezbollah commander in Bint Jbeil, Lebanon.", {"attacker:ISR", "target:hezbollah"}, "LBN"),
        ("Israeli forces fired on villagers near Bint Jbeil, Lebanon.", {"attacker:ISR", "target:LBN"}, "LBN"),
        ("The truce prompted the IDF to stop the shelling of southern Lebanon.", {"attacker:ISR", "target:LBN"}, "LBN"),
        ("U.S. Navy ships in the Red Sea shot down 21 drones launched by Houthi forces in Yemen.", {"attacker:houthis"}, None),
    ],
)
def test_whom_an_attack_hits(read: Reader, text: str, expected: set[str], country: str | None) -> None:
    (told,) = read(text)
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors} == expected
    assert (told.locations[0].country if told.locations else None) == country


def test_two_men_are_not_the_two_presidents_before(read: Reader) -> None:
    told = read("President Macron met President Vucic in Belgrade. Two men threw a hand grenade at a police station in Mitrovica.")[-1]
    assert {actor.text for actor in told.actors if actor.role == "attacker"} == {"Two men"}


def test_place_before_overnight(read: Reader) -> None:
    (told,) = read("Russian drones hit a fuel depot near Odesa overnight, killing three people.")
    assert told.locations[0].country == "UKR"


def test_aid_to_a_people_is_to_its_state(read: Reader) -> None:
    (told,) = read("Canada provided humanitarian aid to the people of Haiti.")
    assert {(actor.role, actor.acts_for) for actor in told.actors} == {("donor", "CAN"), ("recipient", "HTI")}


def test_who_delegates_the_authority_to_give_gives(read: Reader) -> None:
    text = (
        "I hereby delegate to the Secretary of State the authority to direct the drawdown of $90 million in defense articles to provide assistance to Ukraine."
    )
    told = read(text, published="2022-10-04", source="The White House", title="Memorandum on the Delegation of Authority")[-1]
    assert {(actor.role, actor.acts_for) for actor in told.actors} == {("donor", "USA"), ("recipient", "UKR")}


@pytest.mark.parametrize(
    "text",
    [
        "A strike by dockers in Lagos entered its second week.",
        "They are the heroes who defend our homeland from future attacks.",
        "The aim is to destroy the ability of Iran to launch missiles at Israel.",
        "It repeals the insane attack on the American economy.",
        "North Korean forces conducted drills simulating a nuclear missile strike on South Korea.",
    ],
)
def test_no_attack(read: Reader, text: str) -> None:
    assert [each for each in read(text) if each.event_type == "strike"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The crew was defending against Houthi missile and drone attacks in the Red Sea.",
        "The ships were sent because of the Houthis’ brutal attacks in the Red Sea.",
    ],
)
def test_whose_attacks(read: Reader, text: str) -> None:
    told = read(text)[-1]
    assert {actor.acts_for for actor in told.actors if actor.role == "attacker"} == {"houthis"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # officials whom no table knows, by titles before, behind and beside their names
        ("National Security Advisor Jake Sullivan spoke today with Akiba Takeo, Secretary General of Japan’s National Security Secretariat.", {"USA", "JPN"}),
        ("Assistant Secretary of State for European Affairs Mary Doe will consult with Kenyan officials.", {"USA", "KEN"}),
        ("National Security Advisor to the Vice President Dr. John Doe met with Kenyan officials.", {"USA", "KEN"}),
        ("Deputy National Security Advisor for International Economics Jane Doe met with Kenyan officials.", {"USA", "KEN"}),
        ("Today, Jane Doe, Assistant to the President and Staff Secretary, met with Kenyan officials.", {"USA", "KEN"}),
        ("The Secretary of State consulted with NATO allies in Brussels.", {"USA", "nato"}),
    ],
)
def test_officials_of_who_publishes(read: Reader, text: str, expected: set[str]) -> None:
    (told,) = read(text, published="2023-11-27", source="White House", uri="https://www.whitehouse.gov/briefing-room/1")
    assert {actor.acts_for for actor in told.actors} == expected
