"""Steps of assistance in older and plainer prose and in briefings: sentences of our own, and what they yield."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


def steps_told(read: Reader, text: str, **given: str) -> list[str]:
    """The steps of assistance that a text tells: decision, status, who gives and gets it, who asks."""
    found = []
    for mention in read(text, **given):
        if mention.event_type != "aid_decision":
            continue
        sides = {
            role: "+".join(sorted({each.acts_for or "?" for each in mention.actors if each.role == role} - {"?"})) or "-"
            for role in ("donor", "recipient", "requester")
        }
        asked = f"<{sides['requester']}" if sides["requester"] != "-" else ""
        found.append(f"{mention.decision} {mention.status} {sides['donor']}>{sides['recipient']}{asked}")  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        # groups by the words of their time
        ("1985-06-13", "Saudi Arabia secretly gave the contras $32 million.", ["delivered occurred SAU>contras"]),
        # arms by their make, in capitals
        ("2023-01-06", "Germany intends to supply Ukraine with Marder Infantry Fighting Vehicles.", ["pledged occurred DEU>UKR"]),
        ("2023-01-06", "The United States delivered Bradley Fighting Vehicles to Ukraine.", ["delivered occurred USA>UKR"]),
        ("1986-02-20", "Washington sent the Angolan rebels Stinger missiles.", ["delivered occurred USA>unita"]),
        ("1984-05-25", "Cuba shipped rifles to the Salvadoran guerrillas.", ["delivered occurred CUB>farabundo-marti-national-liberation-front"]),
        # a chamber by its bare name
        (
            "1988-02-04",
            "Republicans were angry. The House defeated a request for new aid to the contras.",
            ["rejected occurred USA>contras", "requested occurred USA>contras"],
        ),
        ("2024-04-21", "Democrats cheered. The House approved $26 billion for Israel.", ["approved occurred USA>ISR"]),
        # papers with prices, and what is in them
        ("1992-04-02", "The seven richest nations agreed on a $24 billion program to support the Russian economy.", ["approved occurred ->RUS"]),
        ("2024-03-02", "The Senate passed a $9 billion bill on Friday that sets aside $7 billion for Israel.", ["approved occurred USA>ISR"]),
        # who lends to whom
        (
            "1997-12-04",
            "Thailand signed a $17 billion rescue agreement with the International Monetary Fund.",
            ["approved occurred international-monetary-fund>THA"],
        ),
        (
            "2023-06-01",
            "The IMF and Ghana reached a staff-level agreement on a $600 million credit facility.",
            ["approved occurred international-monetary-fund>GHA"],
        ),
        ("2023-06-01", "The Board of the African Development Bank approved a $90 million loan to Benin.", ["approved occurred african-development-bank>BEN"]),
        ("1978-01-10", "The United States granted Egypt a $50 million loan for grain purchases.", ["delivered occurred USA>EGY"]),
        ("1991-12-12", "Italy, Albania's largest creditor, said that it would not extend new credit guarantees.", ["rejected occurred ITA>ALB"]),
        # other words for giving and holding up
        ("2023-06-01", "The European Union paid out the second tranche of 500 million euros to Tunisia.", ["delivered occurred european-union>TUN"]),
        ("2023-06-01", "Qatar wired $30 million to Gaza.", ["delivered occurred QAT>PSE"]),
        ("1996-11-16", "France parachuted food to Hutu refugees in eastern Zaire.", ["delivered occurred FRA>COD"]),
        ("1993-03-01", "American planes began dropping flour and medicine over eastern Bosnia.", ["delivered ongoing USA>BIH"]),
        ("2022-10-13", "Fiji took delivery of rifles from Australia.", ["delivered occurred AUS>FJI"]),
        ("2022-10-13", "New Zealand is weighing a gift of patrol boats to Samoa.", ["proposed occurred NZL>WSM"]),
        ("2022-08-30", "The World Food Programme reached 90,000 people in Mozambique with food parcels.", ["delivered occurred united-nations>MOZ"]),
        ("2023-06-01", "Two Turkish ships with 2,000 tons of flour docked in Port Sudan.", ["delivered occurred TUR>SDN"]),
        ("2023-06-01", "Israel turned back 40 trucks of tents bound for Gaza.", ["rejected occurred ISR>PSE"]),
        # asking and thanking
        ("2023-09-11", "Morocco accepted help from Spain and Qatar after the earthquake.", ["delivered occurred ESP+QAT>MAR"]),
        (
            "2025-02-17",
            "The United Nations asked donors for $6 billion to feed and shelter 26 million people in Sudan.",
            ["requested occurred ->SDN<united-nations"],
        ),
        ("1991-12-12", "James Baker announced that cargo planes would fly food to Moscow.", ["pledged occurred USA>RUS"]),
        ("1988-06-25", "Washington, which supplies Unita with Stinger missiles, is unhappy.", ["delivered ongoing USA>unita"]),
        ("2017-08-24", "Cairo gets $1.3 billion in military assistance from Washington every year.", ["delivered ongoing USA>EGY"]),
        ("2023-06-27", "The Pentagon announced additional security assistance to meet Ukraine's needs.", ["pledged occurred USA>UKR"]),
        ("2024-02-07", "The United Nations launched an appeal for $160 million for Sudan.", ["requested occurred ->SDN<united-nations"]),
        ("2022-08-30", "In Pakistan, the United Nations launched a flash appeal for $160 million.", ["requested occurred ->PAK<united-nations"]),
        ("2024-09-05", "Moldova's president thanked Norway for the grant of 120 million kroner.", ["delivered ongoing NOR>MDA"]),
    ],
)
def test_a_sentence_tells(read: Reader, published: str, text: str, expected: list[str]) -> None:
    assert steps_told(read, text, published=published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An earthquake struck southern Turkey on Monday. The World Bank promised $1.78 billion.", ["pledged occurred world-bank>TUR"]),
        ("Floods have covered a third of Pakistan. China will give 15 million yuan.", ["pledged occurred CHN>PAK"]),
        ("Japan sent tents to Tonga. New Zealand has given $3 million.", ["delivered occurred JPN>TON", "delivered occurred NZL>TON"]),
        ("Rescuers dug through the rubble in southern Turkey. India sent a field hospital.", ["delivered occurred IND>TUR"]),
        (
            "The World Bank approved a $1.2 billion loan for Kenya. Nairobi had asked for $1.5 billion.",
            ["approved occurred world-bank>KEN", "requested occurred world-bank>KEN"],
        ),
        ("France trades with Chad. The Senate approved $3 billion for roads.", []),
        ("Germany trades with Chad. Germany pledged $2 billion to fight climate change.", []),
    ],
)
def test_who_gets_it_is_told_before(read: Reader, text: str, expected: list[str]) -> None:
    assert steps_told(read, text) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Soldiers seize power in Gabon", "Shots were heard. The United States suspended $20 million in economic support.", ["suspended occurred USA>GAB"]),
        ("Mozambique floods", "Rivers have burst their banks. Germany sent 40 tons of tents for survivors.", ["delivered occurred DEU>MOZ"]),
        ("Mozambique floods", "Rivers have burst their banks. Italy flew in a field hospital.", ["delivered occurred ITA>MOZ"]),
        ("Benin and Togo mend ties", "The ministers met. France gave $3 million in emergency aid.", []),
        ("War in Sudan", "The army gained ground. Chad sent tanks to the border.", []),
        ("Kenya's budget", "Prices rose. Germany approved 30 billion euros.", []),
        ("Government of Canada announces help for Haiti", "The Minister announced $5 million in emergency aid for Haiti.", ["pledged occurred CAN>HTI"]),
    ],
)
def test_who_gives_and_gets_it_stands_in_the_title(read: Reader, title: str, text: str, expected: list[str]) -> None:
    assert steps_told(read, text, title=title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sweden announced 20 million euros in military aid to Moldova, including six helicopters. The first helicopters landed in Chisinau on Monday.",
            ["pledged occurred SWE>MDA", "delivered occurred SWE>MDA"],
        ),
        (
            "The IMF approved a loan of 10 billion dollars for Portugal. The first 3 billion reached Lisbon on Friday.",
            ["approved occurred international-monetary-fund>PRT", "delivered occurred international-monetary-fund>PRT"],
        ),
        ("The first helicopters landed in Chisinau on Monday.", []),
        ("Trade with Portugal reached 3 billion euros last year.", []),
        ("The minister flew in a military plane to Kenya.", []),
        ("The European Union has made 30 million euros available for Chad.", ["delivered occurred european-union>TCD"]),
        ("The World Bank confirmed a grant of $20 million to Tonga.", ["pledged occurred world-bank>TON"]),
        ("The minister confirmed that Tonga has a grant.", []),
        ("Washington has paused intelligence sharing with Iraq.", ["suspended occurred USA>IRQ"]),
        ("Canada delayed a package of military aid to Haiti.", ["suspended occurred CAN>HTI"]),
        ("Belgium gave its blessing to a loan for Ukraine.", ["approved occurred BEL>UKR"]),
    ],
)
def test_what_arrives_or_is_made_available(read: Reader, text: str, expected: list[str]) -> None:
    assert steps_told(read, text) == expected


def test_two_who_give_in_one_sentence_take_two_steps(read: Reader) -> None:
    text = "Floods have covered Pakistan. China pledged $14 million and Britain promised 15 million pounds."
    assert steps_told(read, text) == ["pledged occurred CHN>PAK", "pledged occurred GBR>PAK"]


@pytest.mark.parametrize(
    "text",
    [
        "The European Union and Moldova sign an energy deal after Russia halted gas supplies over an unpaid $709 million bill.",
        "Iran signed a €500 million arms agreement with Russia.",
        "The ministers of the seven nations met in Ottawa.",
        "The President signed a $40 billion spending bill.",
    ],
)
def test_trade_and_money_at_home_are_no_steps(read: Reader, text: str) -> None:
    assert steps_told(read, text) == []


def test_the_transcript_of_a_briefing_is_of_the_government_that_gives_it(read: Reader) -> None:
    text = (
        "QUESTION: Has the Department decided?\nMR. MILLER: We paused one shipment of bombs to Israel on Monday.\n"
        "QUESTION: Is that all?\nMR. MILLER: Yes, it is."
    )
    assert steps_told(read, text) == ["suspended occurred USA>ISR"]
