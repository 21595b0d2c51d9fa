"""Numbers as they come from outside."""

import pytest

from candidacy.console.number_field import read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("0", None),
        ("", None),
        ("-1", None),
        ("٣", None),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("1" * 5000, None),
        ("1.0", None),
        (" 1", None),
    ],
)
def test_read_number(text: str, number: int | None) -> None:
    assert read_number(text) == number
