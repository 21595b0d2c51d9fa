"""Families of wording are found in a list of words."""

import pytest

from candidacy.language.rule_files import RuleError
from candidacy.language.wordings import Wordings, is_wording

GROUPS = {"disk": ["disk", "lower disks"], "worn": ["worn out", "worn", "gone"], "bad": ["{worn}", "bad"]}


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("took/removed bone", "they removed bone there", "removed bone"),
        ("never really? had", "i never had it", "never had"),
        ("never really? had", "i never really had it", "never really had"),
        ("{disk} .. {worn}", "my lower disks are all worn out now", "lower disks are all worn out"),
        ("{disk} .. {bad}", "the disk is bad", "disk is bad"),
        ("{disk}s gone", "disks gone", "disks gone"),
        ("{disk} .. {worn}", "disk , worn", None),
        ("{disk} .. {worn}", "disk one two three four worn", None),
        ("i have $", "so i have .", "i have"),
        ("i have $", "i have one", None),
        ("a/the bone", "bone", None),
    ],
)
def test_a_wording(wording: str, text: str, found: str | None) -> None:
    words = text.split()
    matches = [" ".join(words[start:end]) for _, start, end in Wordings([wording], groups=GROUPS).found(words)]
    assert matches == ([found] if found else [])


@pytest.mark.parametrize(
    ("phrase", "expected"), [("a/b", True), ("a .. b", True), ("{a}", True), ("plain words", False)]
)
def test_what_is_more_than_plain_words(phrase: str, expected: bool) -> None:
    assert is_wording(phrase) is expected


@pytest.mark.parametrize(
    ("wording", "problem"),
    [("{absent} a", "absent"), ("really?", "nothing certain"), (".. a", "nothing certain")],
)
def test_a_malformed_wording_is_refused(wording: str, problem: str) -> None:
    with pytest.raises(RuleError, match=problem):
        Wordings([wording], groups=GROUPS)
