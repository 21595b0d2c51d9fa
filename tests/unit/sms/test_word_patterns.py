"""Patterns of words as the data files write them."""

import re

import pytest

from candidacy.sms.word_patterns import any_of, said_with

LISTS = {"texts": ("texts", "text messages")}


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("stop", "stop ", True),
        ("stop", "stops ", False),
        ("(stop|give up)", "give up ", True),
        ("stop [the|these] <texts>", "stop texts ", True),
        ("stop [the|these] <texts>", "stop these text messages ", True),
        ("stop [the|these] <texts>", "stop those texts ", False),
        ("stop (<texts>|it)", "stop it ", True),
        ("stop (<texts>|it)", "stop texts ", True),
        ("stop it ...", "stop it ", True),
        ("stop it ...", "stop it right away ", True),
        ("stop it", "stop it right away ", False),
        ("a.b", "axb ", False),
    ],
)
def test_patterns(pattern: str, text: str, matches: bool) -> None:
    assert bool(re.fullmatch(any_of([pattern], LISTS), text)) is matches


@pytest.mark.parametrize("pattern", ["", "(stop", "stop]", "a | b", "<>"])
def test_what_cannot_be_read(pattern: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        any_of([pattern], LISTS)


@pytest.mark.parametrize(
    ("text", "matches"),
    [("stop ", True), ("please please stop now ", True), ("now stop ", False), ("please " * 7 + "stop ", False)],
)
def test_openings_and_closings(text: str, matches: bool) -> None:
    pattern = said_with(any_of(["stop"], LISTS), openings=["please"], closings=["now", "at once"])
    assert bool(pattern.fullmatch(text)) is matches
