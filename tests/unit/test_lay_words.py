"""Lay words in short messages, and what stands against them."""

import pytest

from candidacy.lay_words import has_reservation, worded_value

WORDS = {"yes": ["right", "thats right"], "call": ["call", "phone"], "none": ["none", "none of these"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("That's right!", "yes"),
        ("that\u2019s right", "yes"),
        ("none of these", "none"),
        ("call me", "call"),
        ("not right", None),
        ("right?", None),
        ("right or none", None),
        ("bright", None),
        ("I would say that all of this is quite right as far as I know", None),
        ("", None),
    ],
)
def test_worded_value(text: str, value: str | None) -> None:
    assert worded_value(text, WORDS) == value


@pytest.mark.parametrize(("text", "reserved"), [("yes, but", True), ("Don't", True), ("yes please", False)])
def test_has_reservation(text: str, reserved: bool) -> None:
    assert has_reservation(text) is reserved
