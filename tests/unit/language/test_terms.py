"""Terms are found, the longest first."""

import pytest
from spacy.language import Language

from candidacy.language.terms import TermMatcher, blank_english, level_marks


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return blank_english()


def test_the_longest_of_overlapping_terms_counts(pipeline: Language) -> None:
    matcher = TermMatcher(pipeline=pipeline, terms={"condition": ["stenosis"], "ignored": ["aortic stenosis"]})
    marks = matcher.marks(pipeline.make_doc("aortic stenosis and stenosis"))
    assert [(sorted(mark.labels), mark.text) for mark in marks] == [
        (["ignored"], "aortic stenosis"),
        (["condition"], "stenosis"),
    ]


def test_a_phrase_may_stand_in_two_lists(pipeline: Language) -> None:
    matcher = TermMatcher(pipeline=pipeline, terms={"only": ["just"], "stops": ["just"]})
    (mark,) = matcher.marks(pipeline.make_doc("just arthritis"))
    assert mark.labels == {"only", "stops"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("made room nerves", True),
        ("made more room for the nerves", True),
        ("made a lot of more room for nerves", False),
        ("made room, the nerves", False),
    ],
)
def test_a_gap_leaves_room_for_three_words_and_no_comma(pipeline: Language, text: str, found: bool) -> None:
    matcher = TermMatcher(pipeline=pipeline, terms={"surgery": ["made .. room .. nerves"]})
    assert bool(matcher.marks(pipeline.make_doc(text))) is found


def test_names_are_what_follows_the_colon(pipeline: Language) -> None:
    matcher = TermMatcher(pipeline=pipeline, terms={"condition:scoliosis": ["curved spine"]})
    (mark,) = matcher.marks(pipeline.make_doc("a curved spine"))
    assert mark.names("condition") == ("scoliosis",)


def test_levels_are_marked(pipeline: Language) -> None:
    marks = level_marks(pipeline.make_doc("broke l1, l4-l5 and 12 eggs"), label="spine_part")
    assert [mark.text for mark in marks] == ["l1", "l4-l5"]
