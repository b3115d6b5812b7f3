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
    ],
)
def test_kind_of_what_is_hit(read: Reader, text: str, kind: str) -> None:
    told = read(text)[0]
    assert told.target_kind == kind  # type: ignore[attr-defined]
