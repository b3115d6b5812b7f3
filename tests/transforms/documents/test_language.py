from __future__ import annotations

import pytest

from transforms.documents.language import detect_language, language_code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two ministers met in Oslo on Monday to discuss how the ceasefire could be kept, officials of both sides said after the talks.", "en"),
        ("Les deux ministres se sont rencontrés lundi à Oslo afin de discuter du cessez-le-feu, ont indiqué des responsables après les pourparlers.", "fr"),
        ("Die beiden Minister trafen sich am Montag in Oslo, um über die Waffenruhe zu beraten, wie Vertreter beider Seiten nach dem Gespräch sagten.", "de"),
        ("Los dos ministros se reunieron el lunes en Oslo para hablar de cómo mantener el alto el fuego, según dijeron funcionarios de ambas partes.", "es"),
        ("Два министра встретились в понедельник в Осло, чтобы обсудить, как сохранить перемирие, сообщили представители обеих сторон.", "ru"),
        ("التقى الوزيران يوم الاثنين في أوسلو لبحث سبل الحفاظ على وقف إطلاق النار، حسبما قال مسؤولون من الجانبين بعد المحادثات.", "ar"),
        (
            "TO THE CONGRESS OF THE UNITED STATES:\nThe law provides for the end of the emergency unless, before its day, a notice is sent to the Congress.",
            "en",
        ),
        ("Shelling kills two.", None),
        ("Zelensky, Macron, Starmer", None),
        ("", None),
        ("12 34 56 " * 100, None),
    ],
)
def test_detection_says_nothing_where_it_is_not_sure(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("given", "code"),
    [("en", "en"), ("en-US", "en"), ("EN_gb", "en"), ("eng", "en"), ("English", "en"), ("fre", "fr"), ("und", None), ("Klingonese", None), ("", None)],
)
def test_codes(given: str, code: str | None) -> None:
    assert language_code(given) == code
