"""Telephone numbers as people type them."""

import pytest

from candidacy.consultation.telephone import read_telephone, readable_telephone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("212 430 0312", "+12124300312"),
        ("(212) 430-0312", "+12124300312"),
        ("my number is 917.555.0123 thanks", "+19175550123"),
        ("1-646-555-0123", "+16465550123"),
        ("+44 20 7946 0958", "+442079460958"),
        ("call (646) 555-0123 or 6465550123", "+16465550123"),
        ("2124300312 or 2124300313", None),
        ("430-0312", None),
        ("111 111 1111", None),
        ("I don't have one", None),
        ("", None),
        ("L4 in 2019", None),
    ],
)
def test_read_telephone(text: str, number: str | None) -> None:
    assert read_telephone(text, region="US") == number


@pytest.mark.parametrize(
    ("number", "text"), [("+12124300312", "(212) 430-0312"), ("+442079460958", "+44 20 7946 0958")]
)
def test_readable_telephone(number: str, text: str) -> None:
    assert readable_telephone(number, region="US") == text
