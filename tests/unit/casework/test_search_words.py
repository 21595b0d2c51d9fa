"""What is typed into the search, as phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidacy.casework.search_words import MOST_WORDS, Phrase, read_phrases


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("Back Pain", (("back",), ("pain",))),
        ('"back pain" mornings', (("back", "pain"), ("mornings",))),
        ("L4-L5", (("l4", "l5"),)),
        ("don't", (("don", "t"),)),
        ("pain pain", (("pain",),)),
        ('"never closed quote', (("never", "closed", "quote"),)),
        ("snake_case", (("snake", "case"),)),
        ("¿Dónde?", (("donde",),)),
        ('"" - ! OR* NEAR(', (("or",), ("near",))),
        ("", ()),
    ],
)
def test_phrases(typed: str, phrases: tuple[Phrase, ...]) -> None:
    assert read_phrases(typed) == phrases


@given(st.text())
def test_whatever_is_typed_there_are_only_words_and_not_too_many(typed: str) -> None:
    words = [word for phrase in read_phrases(typed) for word in phrase]
    assert len(words) <= MOST_WORDS
    assert all(word.isalnum() for word in words)
