from __future__ import annotations

import pytest

from transforms.documents.datelines import file_name_date, stated_date
from transforms.documents.headline import looks_like_headline
from transforms.documents.plain import read_plain


@pytest.mark.parametrize(
    ("line", "is_headline"),
    [
        ("Ministers Meet in Oslo to Save Ceasefire", True),
        ("Will the ceasefire hold?", True),
        ("The ministers met in Oslo.", False),
        ("OSLO, March 20, 2025 (Example) – The ministers met in Oslo on Thursday", False),
        ("March 20, 2025", False),
        ("word " * 60, False),
        ("-----", False),
    ],
)
def test_headlines(line: str, is_headline: bool) -> None:
    assert looks_like_headline(line) is is_headline


def test_title_and_text() -> None:
    raw = read_plain("\r\nMinisters Meet\r\n\r\nThey met in Oslo.\r\nThey talked.\n")
    assert raw.values == {"title": "Ministers Meet", "text": "They met in Oslo.\nThey talked.\n"}
    assert read_plain("Only one line").values == {"text": "Only one line"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 20, 2025\nThey met.", "2025-03-20"),
        ("By A. Writer\nPublished: Thursday, 20 March 2025, 14:30 GMT\nThey met.", "2025-03-20"),
        ("Updated on 2025-03-20\nThey met.", "2025-03-20"),
        ("OSLO, March 20, 2025 (Example) – The ministers met.", "2025-03-20"),
        ("Oslo (20 March 2025) - The ministers met.", "2025-03-20"),
        ("OSLO, March 20 (Example) – The ministers met.", None),
        ("The treaty of March 20, 2015 is dead, he said.", None),
        ("February 30, 2025\nThey met.", None),
        ("They met.", None),
    ],
)
def test_date_lines_and_datelines(text: str, day: str | None) -> None:
    found = stated_date(text)
    assert (found.day.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("news/2025-03-20-talks.txt", "2025-03-20"),
        ("talks-2025-03-20.txt.gz", "2025-03-20"),
        ("talks_20250320.txt", "2025-03-20"),
        ("2025-03-20/talks.txt", None),
        ("talks-2025-02-30.txt", None),
        ("12025-03-201.txt", None),
        ("report-1234.txt", None),
    ],
)
def test_dates_in_file_names(path: str, day: str | None) -> None:
    found = file_name_date(path)
    assert (found.day.isoformat() if found else None) == day
