from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.cities import cities, fold
from transforms.events.gazetteer import gazetteer
from transforms.events.reference import read_table, states

# name in the text, its usual name, country, precision
PLACES = [
    # an unknown part of a known state
    ("Nara, Kansai region, Japan", "Nara", "JPN", "admin1"),
    # states, also as the whole of a part
    ("Ukraine", "Ukraine", "UKR", "country"),
    ("the United States", "United States", "USA", "country"),
    ("Kosovo", "Kosovo", "XKX", "country"),
    ("South Korea", "South Korea", "KOR", "country"),
    ("Niger", "Niger", "NER", "country"),
    ("Georgia", "Georgia", "GEO", "country"),
    ("Kuwait", "Kuwait", "KWT", "country"),
    ("southern Lebanon", "Lebanon", "LBN", "country"),
    ("northeastern Syria", "Syria", "SYR", "country"),
    ("north-eastern Syria", "Syria", "SYR", "country"),
    ("eastern Ukraine", "Ukraine", "UKR", "country"),
    ("off the coast of Yemen", "Yemen", "YEM", "country"),
    ("occupied northern Cyprus", "Cyprus", "CYP", "country"),
    # towns and their spellings
    ("Kyiv", "Kyiv", "UKR", "city"),
    ("Kiev", "Kyiv", "UKR", "city"),
    ("central Kyiv", "Kyiv", "UKR", "city"),
    ("Kharkov", "Kharkiv", "UKR", "city"),
    ("Odessa", "Odesa", "UKR", "city"),
    ("the port of Odesa", "Odesa", "UKR", "city"),
    ("Zaporizhzhia", "Zaporizhzhia", "UKR", "city"),
    ("Artemivsk", "Bakhmut", "UKR", "city"),
    ("Avdiivka", "Avdiivka", "UKR", "city"),
    ("Mariupol", "Mariupol", "UKR", "city"),
    ("Sloviansk", "Sloviansk", "UKR", "city"),
    ("Dnipropetrovsk", "Dnipro", "UKR", "city"),
    ("Leningrad", "Saint Petersburg", "RUS", "city"),
    ("St. Petersburg", "Saint Petersburg", "RUS", "city"),
    ("Saigon", "Ho Chi Minh City", "VNM", "city"),
    ("Peking", "Beijing", "CHN", "city"),
    ("Bombay", "Mumbai", "IND", "city"),
    ("Calcutta", "Kolkata", "IND", "city"),
    ("Rangoon", "Yangon", "MMR", "city"),
    ("Constantinople", "Istanbul", "TUR", "city"),
    ("Sanaa", "Sanaa", "YEM", "city"),
    ("Sana’a", "Sanaa", "YEM", "city"),
    ("Sana'a", "Sanaa", "YEM", "city"),
    ("Deir ez-Zor", "Deir ez-Zor", "SYR", "city"),
    ("Deir al-Zour", "Deir ez-Zor", "SYR", "city"),
    ("DEIR EZZOR", "Deir ez-Zor", "SYR", "city"),
    ("the outskirts of Damascus", "Damascus", "SYR", "city"),
    ("Raqqa", "Raqqa", "SYR", "city"),
    ("Ar-Raqqah", "Raqqa", "SYR", "city"),
    ("Al-Hodeidah", "Hodeidah", "YEM", "city"),
    ("Hodeidah port", "Hodeidah", "YEM", "city"),
    ("Beirut's southern suburbs", "Beirut", "LBN", "city"),
    ("Beirut airport", "Beirut", "LBN", "city"),
    ("Khan Yunis", "Khan Younis", "PSE", "city"),
    ("Gaza City", "Gaza City", "PSE", "city"),
    ("Rafah", "Rafah", "PSE", "city"),
    ("Bethlehem", "Bethlehem", "PSE", "city"),
    ("Traverse City", "Traverse City", "USA", "city"),
    ("Kuwait City", "Kuwait City", "KWT", "city"),
    ("N’Djamena", "N'Djamena", "TCD", "city"),
    ("Ndjamena", "N'Djamena", "TCD", "city"),
    ("Lodz", "Łódź", "POL", "city"),
    ("Łódź", "Łódź", "POL", "city"),
    ("Tromso", "Tromsø", "NOR", "city"),
    ("Washington", "Washington", "USA", "city"),
    ("New York", "New York", "USA", "city"),
    ("Masisi Territory", "Masisi", "COD", "city"),
    # disputed ground
    ("Sevastopol", "Sevastopol", "UKR", "city"),
    ("Simferopol", "Simferopol", "UKR", "city"),
    ("Donetsk", "Donetsk", "UKR", "city"),
    ("Crimea", "Crimea", "UKR", "region"),
    ("the Golan Heights", "Golan Heights", "SYR", "region"),
    ("Majdal Shams", "Majdal Shams", "SYR", "city"),
    ("West Bank", "West Bank", "PSE", "region"),
    ("Gaza", "Gaza Strip", "PSE", "region"),
    ("northern Gaza Strip", "Gaza Strip", "PSE", "region"),
    ("East Jerusalem", "East Jerusalem", "PSE", "region"),
    ("Jerusalem", "Jerusalem", "ISR", "city"),
    ("Srinagar", "Srinagar", "IND", "city"),
    ("Muzaffarabad", "Muzaffarabad", "PAK", "city"),
    ("Pristina", "Pristina", "XKX", "city"),
    ("Sukhumi", "Sukhumi", "GEO", "city"),
    ("Tiraspol", "Tiraspol", "MDA", "city"),
    ("Western Sahara", "Western Sahara", "ESH", None),
    # divisions with and without the word for their kind
    ("Kharkiv Oblast", "Kharkiv Oblast", "UKR", "admin1"),
    ("Kharkiv region", "Kharkiv Oblast", "UKR", "admin1"),
    ("western Kyiv Oblast", "Kyiv Oblast", "UKR", "admin1"),
    ("Nangarhar", "Nangarhar", "AFG", "admin1"),
    ("Nangarhar Province", "Nangarhar", "AFG", "admin1"),
    ("Sistan and Baluchestan province", "Sistan and Baluchestan", "IRN", "admin1"),
    ("Raqqa Governorate", "Raqqa", "SYR", "admin1"),
    ("Aleppo province", "Aleppo", "SYR", "admin1"),
    ("Texas", "Texas", "USA", "admin1"),
    ("Washington state", "Washington", "USA", "admin1"),
    ("North Kivu", "North Kivu", "COD", "admin1"),
    ("Khyber Pakhtunkhwa", "Khyber Pakhtunkhwa", "PAK", "admin1"),
    ("Scotland", "Scotland", "GBR", "admin1"),
    ("Xinjiang", "Xinjiang", "CHN", "admin1"),
    # sites
    ("the White House", "White House", "USA", "point"),
    ("Kremlin", "Kremlin", "RUS", "point"),
    ("al-Shifa hospital", "Al-Shifa Hospital", "PSE", "point"),
    ("Zaporizhzhia nuclear power plant", "Zaporizhzhia Nuclear Power Plant", "UKR", "point"),
    ("Iran's Natanz nuclear facility", "Natanz", "IRN", "point"),
    ("Kerch Bridge", "Crimean Bridge", None, "point"),
    ("Nuseirat refugee camp", "Nuseirat", "PSE", "city"),
    # seas and regions of several states
    ("the Red Sea", "Red Sea", None, "region"),
    ("southern Red Sea", "Red Sea", None, "region"),
    ("Strait of Hormuz", "Strait of Hormuz", None, "region"),
    ("Mediterranean", "Mediterranean Sea", None, "region"),
    ("Sahel", "Sahel", None, "region"),
    ("the Balkans", "Balkans", None, "region"),
    ("Darfur", "Darfur", "SDN", "region"),
]

# name, within, context, country, division
NAMESAKES = [
    ("Tripoli", None, (), "LBY", None),
    ("Tripoli", None, ("LBN", "ISR"), "LBN", None),
    ("Tripoli", "Lebanon", (), "LBN", None),
    ("Georgetown", None, (), "GUY", None),
    ("Santiago", None, (), "CHL", None),
    ("San José", None, (), "CRI", None),
    ("San Jose", "California", ("CRI",), "USA", "California"),
    ("Kingston", None, ("USA",), "JAM", None),
    ("Hamilton", None, ("NZL",), "NZL", None),
    ("Hamilton", None, ("BMU",), "BMU", None),
    ("Hamilton", "Ontario", (), "CAN", "Ontario"),
    ("Victoria", None, ("SYC",), "SYC", None),
    ("Victoria", None, ("CAN", "USA"), "CAN", "British Columbia"),
    ("Hyderabad", None, (), "IND", None),
    ("Hyderabad", None, ("PAK",), "PAK", "Sindh"),
    ("Punjab", None, ("IND",), "IND", "Punjab"),
    ("Tartus", None, ("SYR",), "SYR", "Tartus"),
    ("Paris", None, ("USA",), "FRA", None),
    ("Paris", "Texas", (), "USA", "Texas"),
    ("Paris, Texas", None, (), "USA", "Texas"),
    ("London", None, ("CAN", "USA"), "GBR", None),
    ("London", "Ontario", (), "CAN", "Ontario"),
    ("Odessa", "Texas", (), "USA", "Texas"),
    ("Birmingham", "Alabama", (), "USA", "Alabama"),
    ("Athens", None, ("USA",), "GRC", None),
    ("Atlanta", "Georgia", (), "USA", "Georgia"),
    ("Tbilisi", "Georgia", (), "GEO", "Tbilisi"),
    ("Rafah", "EGY", (), "EGY", None),
    ("Donetsk", "Rostov Oblast", (), "RUS", "Rostov Oblast"),
    ("Ukraine's Kharkiv", None, (), "UKR", "Kharkiv Oblast"),
    ("Peshawar", "Khyber Pakhtunkhwa", (), "PAK", "Khyber Pakhtunkhwa"),
]


@pytest.mark.parametrize(("text", "name", "country", "precision"), PLACES, ids=[each[0] for each in PLACES])
def test_place(text: str, name: str, country: str | None, precision: str | None) -> None:
    place = gazetteer().lookup(text)
    assert place is not None
    assert (place.text, place.name, place.country) == (text, name, country)
    assert place.precision == precision or precision is None
    assert place.latitude is not None and place.longitude is not None


@pytest.mark.parametrize(("name", "within", "context", "country", "admin1"), NAMESAKES)
def test_namesakes(name: str, within: str | None, context: tuple[str, ...], country: str, admin1: str | None) -> None:
    place = gazetteer().lookup(name, within=within, context=context)
    assert place is not None
    assert place.country == country
    assert place.admin1 == admin1 or admin1 is None
    assert place.latitude is not None


def test_coordinates_are_degrees_of_the_place() -> None:
    place = gazetteer().lookup("Kharkiv")
    assert place is not None
    assert (place.latitude, place.longitude) == pytest.approx((49.99, 36.23), abs=0.05)
    country = gazetteer().lookup("Ukraine")
    assert country is not None
    assert (country.latitude, country.longitude) == pytest.approx((48.5, 31.5), abs=1.5)


@pytest.mark.parametrize("within", ["Kharkiv Oblast", "UKR", "Ukraine", "Kharkiv Oblast, Ukraine"])
def test_unknown_village_in_a_known_area_has_its_country_and_no_coordinates(within: str) -> None:
    place = gazetteer().lookup("Velyka Vyhadka", within=within)
    assert place is not None
    assert (place.name, place.country, place.precision, place.latitude) == ("Velyka Vyhadka", "UKR", "city", None)
    assert place.admin1 == ("Kharkiv Oblast" if "Oblast" in within else None)


def test_unknown_village_with_its_country_in_one_text() -> None:
    place = gazetteer().lookup("Velyka Vyhadka, Ukraine", context=("USA",))
    assert place is not None
    assert (place.text, place.name, place.country) == ("Velyka Vyhadka, Ukraine", "Velyka Vyhadka", "UKR")


def test_capital_stays_where_what_trails_it_does_not_fit() -> None:
    place = gazetteer().lookup("Kyiv", within="Russia")
    assert place is not None
    assert place.country == "UKR"


def test_small_namesake_elsewhere_is_not_taken() -> None:
    # Bam is a town of Iran; a document on other countries means another one.
    assert gazetteer().lookup("Bam", context=("BFA",)) is None
    alone = gazetteer().lookup("Bam")
    supported = gazetteer().lookup("Bam", context=("IRQ", "IRN"))
    assert alone is not None and supported is not None
    assert alone.country == supported.country == "IRN"


@pytest.mark.parametrize("text", ["", " ", "the", "of", "Central", "Northern", "northern", "Qwertzuiopville", "x" * 500, "..., ...", "Zzyzx's Qqq"])
def test_no_place(text: str) -> None:
    assert gazetteer().lookup(text) is None


def test_generic_division_counts_where_its_country_is_said() -> None:
    place = gazetteer().lookup("Eastern Province", within="Sri Lanka")
    assert place is not None
    assert (place.country, place.precision) == ("LKA", "admin1")


@pytest.mark.parametrize("file", ["landmarks.tsv", "regions.tsv", "seas.tsv"])
def test_table_is_found_by_every_name(file: str) -> None:
    for row in read_table("places", file):
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            place = gazetteer().lookup(name)
            assert place is not None, name
            assert (place.name, place.country) == (row["name"], row.get("country") or None), name


def test_spellings_are_towns_of_geonames() -> None:
    for row in read_table("places", "spellings.tsv"):
        main = [city for city in cities().find(fold(row["geonames"] or row["name"])) if city.country == row["country"] and city.main]
        assert main, f"seeds/places/spellings.tsv: {row['name']} ({row['country']}) is no main name of GeoNames; the column geonames needs it"
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            place = gazetteer().lookup(name, within=row["country"])
            assert place is not None, name
            assert (place.name, place.country) == (row["name"], row["country"]), name


def test_divisions_have_known_countries_and_one_row_each() -> None:
    rows = [(row["country"], row["code"]) for row in read_table("places", "admin1.tsv")]
    assert len(rows) == len(set(rows))
    assert {country for country, _ in rows} <= set(states())


def test_states_are_found_by_name() -> None:
    for code, state in states().items():
        place = gazetteer().lookup(state.name)
        assert place is not None, state.name
        assert place.country == code


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łódź", "lodz"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Şa‘dah", "sadah"),
        ("N’Djamena", "ndjamena"),
        ("  Al  Bāb ", "al bab"),
        ("Tromsø", "tromso"),
        ("Київ", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_towns_are_folded_alike_in_index_and_question() -> None:
    """The index folds columns with Arrow, a question goes through Python."""
    names = cities()._table["name"].to_pylist()[::50]
    assert len(names) > 1_000
    missed = [name for name in names if fold(name) and all(city.name != name for city in cities().find(fold(name)))]
    assert not missed


@given(st.text(max_size=200))
def test_fold_is_plain_and_stable(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert folded.replace(" ", "").isascii()
    assert folded == " ".join(folded.split())


@given(st.text(max_size=200), st.none() | st.text(max_size=60), st.lists(st.sampled_from(["UKR", "USA", "PSE", "XKX", "?"]), max_size=3))
def test_any_string_gives_a_place_or_none(name: str, within: str | None, context: list[str]) -> None:
    place = gazetteer().lookup(name, within=within, context=context)
    assert place is None or (place.text == " ".join(name.split()) and place.precision is not None)


# Words that names are made of get past the first test of a name more often than any string.
_PARTS = st.lists(
    st.sampled_from(["the", "southern", "Kyiv", "Oblast", "of", "outskirts", "Lebanon's", "Gaza,", "Strip", "al-", "camp", "Texas", "'s", ",", "St."]),
    max_size=6,
)


@given(_PARTS.map(" ".join), st.none() | _PARTS.map(" ".join))
def test_any_words_of_names_give_a_place_or_none(name: str, within: str | None) -> None:
    place = gazetteer().lookup(name, within=within)
    assert place is None or place.country is None or len(place.country) == 3


def test_ten_thousand_lookups_take_well_under_a_second() -> None:
    found = gazetteer()
    names = [each[0] for each in PLACES]
    for name in names:
        found.lookup(name)
    start = time.process_time()
    for i in range(10_000):
        found.lookup(names[i % len(names)], context=("UKR", "USA"))
    assert time.process_time() - start < 2, "about 0.3 s on a quiet machine"
