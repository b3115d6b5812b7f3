"""Whether it happened: tense, modals, negation, and what became of plans, offers, invitations and calls."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("sentence", "event_type", "status"),
    [
        ("Putin declined an invitation to meet with Zelenskyy in Istanbul.", "meeting", "denied"),
        ("North Korea has rejected South Korea's offer of dialogue.", "meeting", "denied"),
        ("The Kremlin said there were no plans for a meeting between Putin and Zelenskyy.", "meeting", "denied"),
        ("India scrapped plans for a summit with Pakistan.", "meeting", "cancelled"),
        ("A scheduled meeting between the Serbian president and Kosovo's prime minister was called off.", "meeting", "cancelled"),
        ("Talks between Iran and the United States were postponed.", "meeting", "cancelled"),
        ("The White House has not ruled out a meeting between Xi and Maduro.", "meeting", "proposed"),
        ("Zelenskyy called for a meeting with Putin to end the war.", "meeting", "proposed"),
        ("Armenian and Azerbaijani leaders failed to meet in Moldova.", "meeting", "denied"),
        ("Russia and Ukraine have agreed to hold a second round of talks in Belarus.", "meeting", "planned"),
        ("Erdogan will travel to Berlin on Monday.", "meeting", "planned"),
        ("Russia and Ukraine agreed to stop strikes on energy facilities.", "strike", "cancelled"),
        ("President Biden stressed the need for Hamas to cease firing rockets into Israel.", "strike", "ongoing"),
        ("The U.N. urged Russia to stop its shelling of Kharkiv.", "strike", "ongoing"),
        ("The Syrian army has intensified its bombardment of rebel-held Idlib.", "strike", "ongoing"),
        ("Israel has not attacked Iran.", "strike", "denied"),
        ("Officials said that Israeli jets were bombing Rafah.", "strike", "ongoing"),
        ("The minister said that Bolivia was talking to China about a loan.", "meeting", "ongoing"),
        ("Al-Shabaab regularly bombs hotels in Mogadishu.", "strike", "ongoing"),
        ("Russia shells the town of Nikopol every day.", "strike", "ongoing"),
        ("The army of Myanmar has stepped up air strikes on Sagaing.", "strike", "ongoing"),
        ("Houthi attacks on shipping have pushed freight rates up.", "strike", "ongoing"),
        ("American airstrikes have targeted a district of Sanaa.", "strike", "occurred"),
        ("The Camp David conference of Begin and Sadat moved into its sixth day.", "meeting", "ongoing"),
        ("The United Nations envoy is due in Khartoum on Monday for talks with General Burhan.", "meeting", "planned"),
        ("Russia's defence ministry confirmed strikes on two air bases in the Ryazan region.", "strike", "occurred"),
        ("The premier called to offer condolences for the attack on a mosque in Lahore.", "strike", "occurred"),
        ("The task has never been more urgent than after the terrorist attack on Israel.", "strike", "occurred"),
        ("Ukrainian officials said that Russia plans to strike Odesa.", "strike", "planned"),
        ("Russian bombing of Kharkiv has not abated.", "strike", "ongoing"),
        ("Biden spoke today with King Abdullah to discuss the drone attacks on Iraq.", "strike", "occurred"),
        ("Iran says that it has decided on a response to the Israeli attack on its consulate in Damascus.", "strike", "occurred"),
        ("Everyone in Buffalo is suffering the wounds of this shooting.", "strike", "occurred"),
        ("Police dismantled a cell planning attacks on churches in Mendoza, Argentina.", "strike", "planned"),
        ("The unions suspended their strike, pending talks with the government of Nigeria.", "meeting", "planned"),
        ("The mayor of Gao, Mali, survived after being attacked by militants.", "strike", "occurred"),
        ("A man fled from police in Graz, Austria, before being shot dead.", "strike", "occurred"),
        ("Moldova says that Russian warships fired missiles through its airspace to strike Ukraine.", "strike", "occurred"),
        ("The envoy spoke after the use of British missiles by Ukraine to strike targets inside Russia.", "strike", "occurred"),
        ("Poland has given Ukraine permission to use its jets to strike targets inside Russia.", "strike", "proposed"),
        ("The ministers of Israel and Egypt agreed to hold regular meetings about security.", "meeting", "planned"),
        ("Kenya will respond to the attack on its embassy in Khartoum.", "strike", "occurred"),
        ("Four men were arrested in connection with a mass shooting due to a land dispute in Kingston, Jamaica.", "strike", "occurred"),
        ("The African Union Peace and Security Council convened in order to discuss the coup in Niger.", "meeting", "occurred"),
        ("Kenyan President Ruto had the chance to meet Prime Minister Modi in Delhi on Monday.", "meeting", "occurred"),
        ("Viktor Orban makes an unannounced trip to Beijing to meet with Chinese President Xi Jinping.", "meeting", "occurred"),
        ("Macron plans a trip to Nairobi to meet President Ruto.", "meeting", "planned"),
        ("A man suspected of committing a mass stabbing in London on Monday is charged.", "strike", "occurred"),
        ("A video shows the Russian ship being struck near Odesa.", "strike", "occurred"),
        ("The negotiations between Iran and France are still at an early stage.", "meeting", "ongoing"),
        ("Biden and Scholz will coordinate in advance of the NATO summit in Vilnius.", "meeting", "planned"),
        ("The French and Kenyan presidents instructed their defence ministers to meet in Nairobi.", "meeting", "planned"),
    ],
)
def test_status(read: Reader, sentence: str, event_type: str, status: str) -> None:
    assert {mention.status for mention in read(sentence, published="2024-05-15") if mention.event_type == event_type} == {status}
