"""References can be read out and written down without mistakes."""

import pytest

from candidacy.readable_codes import ALPHABET
from candidacy.records.reference import new_reference


def test_a_reference_is_its_prefix_and_six_characters() -> None:
    for _ in range(200):
        prefix, _, characters = new_reference().partition("-")
        assert prefix == "SF"
        assert len(characters) == 6
        assert set(characters) <= set(ALPHABET)


def test_no_word_comes_out_of_it() -> None:
    assert set(ALPHABET).isdisjoint("AEIOU")


@pytest.mark.parametrize("alike", ["0O", "1IL", "5S", "2Z", "8B", "VUY"])
def test_of_characters_that_are_taken_for_each_other_one_is_used_at_most(alike: str) -> None:
    assert sum(character in ALPHABET for character in alike) <= 1


def test_references_differ() -> None:
    assert len({new_reference() for _ in range(1000)}) > 990
