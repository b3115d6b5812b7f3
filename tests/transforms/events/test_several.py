"""Whom words for several stand for, who arranges talks of others, and meetings told again."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # officials of several
        ("Kenya and Uganda closed their border. Negotiators for the two sides met in Busia on Monday.", {"participant:KEN", "participant:UGA"}),
        (
            "India said it had hit three sites in Pakistan. Japan's foreign minister spoke to the defence ministers of both countries.",
            {"participant:JPN", "participant:IND", "participant:PAK"},
        ),
        (
            "Thai jets bombed a Cambodian post on Monday. Malaysian Prime Minister Anwar Ibrahim telephoned their leaders.",
            {"participant:MYS", "participant:THA", "participant:KHM"},
        ),
        # the number alone, and two persons
        ("Serbia and Kosovo recalled their envoys. The two last held talks in Ohrid in March.", {"participant:SRB", "participant:XKX"}),
        (
            "President Aleksandar Vucic and Prime Minister Albin Kurti arrived on Monday. The two men began a meeting in the evening.",
            {"participant:SRB", "participant:XKX"},
        ),
        # an abbreviation ends no sentence
        (
            "India and Pakistan reported shelling. U.S. envoy Marco Rubio said that both countries would hold talks.",
            {"participant:IND", "participant:PAK"},
        ),
        # who arranges talks is apart from those who hold them
        (
            "Armenian Prime Minister Nikol Pashinyan met Azerbaijani President Ilham Aliyev. The pair last held talks in Paris, hosted by President Macron.",
            {"participant:ARM", "participant:AZE", "participant:FRA", "host:FRA"},
        ),
        (
            "Ethiopia and Somalia said they would cooperate after hours of talks brokered by Turkish President Erdogan.",
            {"participant:ETH", "participant:SOM", "mediator:TUR"},
        ),
        (
            "Sudan's army and the Rapid Support Forces fight on. Talks in Jeddah mediated by Saudi Arabia collapsed in December 2023.",
            {"participant:SDN", "participant:rapid-support-forces", "mediator:SAU"},
        ),
        # who is somewhere for it
        ("Pakistan's envoy Mohammad Sadiq was in Kabul for talks with Afghan ministers.", {"participant:PAK", "participant:AFG", "host:AFG"}),
        (
            "Foreign Minister Wang Yi of China, in Astana for a meeting of the Shanghai Cooperation Organisation, said little.",
            {"participant:CHN", "participant:shanghai-cooperation-organisation"},
        ),
        ("Mali's president, Assimi Goita, was at the ECOWAS summit in Abuja.", {"participant:MLI", "participant:economic-community-of-west-african-states"}),
        ("President Lai Ching-te will meet a group of senior Japanese officials on Monday.", {"participant:TWN", "participant:JPN"}),
        (
            "Prime Minister Simon Harris of Ireland said he would raise it with British Foreign Secretary David Lammy when they meet next month.",
            {"participant:IRL", "participant:GBR"},
        ),
        (
            "Israel and Hamas fight on. Israel's envoy joined Qatari and Egyptian mediators for talks in Doha.",
            {"participant:ISR", "mediator:QAT", "mediator:EGY"},
        ),
        ("Talks on a truce between Chad and Sudan, brokered by Norway, have been frozen.", {"participant:TCD", "participant:SDN", "mediator:NOR"}),
        ("Angola's president spoke with Kenya's William Ruto and Rwanda's Paul Kagame.", {"participant:AGO", "participant:KEN", "participant:RWA"}),
        (
            "President Joao Lourenco spoke with William Ruto and Paul Kagame. The two presidents had been expected in Luanda for a summit in May.",
            {"participant:KEN", "participant:RWA"},
        ),
        ("Syria's leader, Ahmed al-Sharaa, received Druze elders from Sweida.", {"participant:SYR", "host:SYR"}),
        ("Uganda received ministers from nine states in Kampala on Monday.", {"participant:UGA", "host:UGA"}),
    ],
)
def test_parties(read: Reader, text: str, expected: set[str]) -> None:
    told = [mention for mention in read(text) if mention.event_type == "meeting"][-1]
    assert {f"{actor.role}:{actor.acts_for}" for actor in told.actors if actor.acts_for} == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Talks between Chad and Sudan, mediated by Qatar, broke down on Monday.", "cancelled"),
        ("Foreign Minister Hakan Fidan had been due to travel to Cairo this week.", "cancelled"),
        ("Kenya said it would raise the matter with Uganda when they meet next month.", "planned"),
        ("President Kiir had been expected to meet President Ruto over the weekend.", "cancelled"),
        ("Envoy Amos Hochstein held talks in Beirut before flying to Israel.", "occurred"),
        ("Envoy Amos Hochstein flew in on Monday for what he called a frank conversation with Lebanese Prime Minister Najib Mikati.", "occurred"),
        ("Kenya confirmed air strikes on two camps in Somalia.", "occurred"),
        ("Kigali insisted on direct talks between Congo and the M23.", "proposed"),
        ("Talks between Chad and Sudan are likely to start in May.", "planned"),
        ("Talks between Chad and Sudan got under way in Doha on Thursday.", "ongoing"),
        ("Delegations of Kenya and Uganda are to sit down for talks in Busia.", "planned"),
    ],
)
def test_status(read: Reader, text: str, status: str) -> None:
    assert read(text)[-1].status == status


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kenya and Uganda held talks in Busia in May. A second round ended on Monday.", 2),
        ("Leaders of Kenya and Uganda met in Nairobi on Friday. Tanzania's president addressed the gathering by video link.", 2),
        ("Spain will meet either England or the Netherlands in Berlin on Sunday.", 0),
        ("Two rounds of voting were held in Kenya. The gathering crowds left.", 0),
        ("President Vladimir Putin of Russia landed in Hanoi on Monday for his first visit to Vietnam in years.", 1),
    ],
)
def test_meetings_told_again(read: Reader, text: str, count: int) -> None:
    assert len([mention for mention in read(text) if mention.event_type == "meeting"]) == count
