"""What kind of thing an attack hits, by the words for it."""

from __future__ import annotations

import pytest

from tests.transforms.events.conftest import Reader


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Russian missiles hit a power plant in Odesa.", "energy"),
        ("A bomb exploded at a police station in Quetta, Pakistan.", "government"),
        ("Gunmen attacked a courthouse in Zahedan, Iran.", "government"),
        ("Four people were hurt in a mass stabbing at a shopping centre in Malmö, Sweden.", "other"),
        ("Rebels shelled a border crossing near Goma.", "other"),
        ("A car bomb exploded in Mogadishu, Somalia.", "unknown"),
        ("Two missiles struck the port city of Odesa.", "unknown"),
        ("Four Mexican soldiers were killed by a roadside bomb near Aguililla, Mexico.", "military"),
        ("Five soldiers were wounded in an ambush in northern Mali.", "military"),
        ("Israel fires two missiles towards Damascus, Syria, killing three Syrian soldiers.", "military"),
        ("The commander of the Russian air force was assassinated in Moscow.", "person"),
        ("Ministers discussed attacks against U.S. personnel in Iraq.", "military"),
        ("Israeli jets struck a humanitarian zone in Gaza.", "residential"),
        ("State television reports that British airstrikes have hit a district of Sanaa, Yemen.", "unknown"),
        ("Militants attacked tourists in Pahalgam, Kashmir.", "person"),
        ("A Russian strike wounds seven people at a bus stop in Kherson.", "transport"),
        ("A bomber killed an officer at a Frontier Corps post in Quetta, Pakistan.", "military"),
        ("Russian forces attack Kharkiv with drones, injuring eight people and damaging infrastructure.", "other"),
        ("A boy is killed by a land mine in Mykolaiv Oblast, Ukraine.", "unknown"),
        ("A pro-government blogger is killed by a bombing in Saint Petersburg, Russia.", "unknown"),
        ("Three inmates are killed and two are injured after soldiers open fire during a riot in Hatay, Turkey.", "unknown"),
        ("One person is killed and another is hurt in a stabbing attack in Graz, Austria.", "person"),
        # the noun and not whose it is, what it is made of or who is near it
        ("A shell struck a students' hostel in Kupiansk, Ukraine.", "residential"),
        ("Israeli jets bombed a medical facility in Tyre, Lebanon.", "medical"),
        ("Drones hit the headquarters of a steel company in Tula, Russia.", "industry"),
        ("Russian missiles hit the roof of a hospital in Kyiv.", "medical"),
        ("Russian missiles struck the centre of Sumy.", "unknown"),
        ("Drones struck a fuel depot in Izmail, Ukraine.", "energy"),
        # where it happens
        ("An air strike killed a family of five in their tent in Khan Younis, Gaza.", "residential"),
        ("A bomber killed 12 people at a mosque in Konduga, Nigeria.", "religious"),
        ("A drone attack killed seven workers at a bakery in El Fasher, Sudan.", "other"),
        ("A car bomb killed nine people near the presidential palace in Mogadishu.", "government"),
        ("Gunmen shot dead two men on a train in northern England.", "transport"),
        ("Nine people are injured in a vehicle-ramming attack in Graz, Austria.", "unknown"),
        # who is hurt says nothing of what was hit, but for soldiers and those attacked for who they are
        ("Israeli strikes killed a young woman and her son in Tyre, Lebanon.", "unknown"),
        ("A roadside bomb killed three soldiers and two civilians in Bajaur, Pakistan.", "military"),
        ("A mayor was shot dead in Oaxaca, Mexico.", "person"),
        # what is told beside the attack is not what it hit
        ("Seven people are in hospital after Russian strikes on Kharkiv, Ukraine.", "unknown"),
    ],
)
def test_kind_of_what_is_hit(read: Reader, text: str, kind: str) -> None:
    told = read(text)[0]
    assert told.target_kind == kind  # type: ignore[attr-defined]
