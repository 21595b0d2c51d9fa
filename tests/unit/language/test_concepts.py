"""Which things the terms of a clause name."""

import pytest

from candidacy.language.concepts import Mention, mentions_of
from candidacy.language.terms import Mark


def marks(*placed: tuple[str, int, str]) -> list[Mark]:
    """Marks of one label each, from their first token and text."""
    return [
        Mark(labels=frozenset({label}), start=start, end=start + len(text.split()), text=text)
        for label, start, text in placed
    ]


def named(mentions: list[Mention]) -> list[str]:
    return [mention.concept for mention in mentions]


BROKE = ("breaking", 1, "broke")


@pytest.mark.parametrize(
    ("terms", "concepts"),
    [
        (marks(BROKE, ("spine_part", 3, "back")), ["fracture"]),
        (marks(BROKE, ("elsewhere_part", 3, "wrist")), ["fracture_elsewhere"]),
        (
            marks(BROKE, ("elsewhere_part", 3, "hip"), ("spine_part", 6, "vertebrae")),
            ["fracture_elsewhere", "fracture"],
        ),
        (marks(("spine_part", 0, "l1"), ("breaking", 2, "broken"), ("elsewhere_part", 4, "hip")), ["fracture"]),
        (marks(("spine_fracture", 0, "compression fracture")), ["fracture"]),
        (marks(("spine_fracture", 0, "compression fracture"), ("elsewhere_part", 4, "wrist")), ["fracture_elsewhere"]),
        (marks(("spine_part", 0, "back")), []),
        (marks(("condition:scoliosis", 0, "scoliosis")), ["age_related"]),
        (marks(("condition_of_any_joint:arthritis", 0, "arthritis"), ("elsewhere_part", 3, "knees")), []),
        (marks(("stenosis_surgery", 0, "laminectomy")), ["stenosis_surgery"]),
        (marks(("other_surgery", 0, "fusion"), ("any_surgery", 1, "surgery")), ["other_surgery", "other_surgery"]),
        (marks(("ignored", 0, "aortic stenosis")), []),
    ],
)
def test_concepts(terms: list[Mark], concepts: list[str]) -> None:
    assert named(mentions_of(terms)) == concepts


def test_breaking_without_a_part_is_said_of_all() -> None:
    (mention,) = mentions_of(marks(BROKE))
    assert mention.said_of_all


def test_a_joint_disease_without_a_place_is_unclear() -> None:
    (mention,) = mentions_of(marks(("condition_of_any_joint:arthritis", 0, "arthritis")))
    assert mention.place_unclear


def test_a_joint_disease_beside_the_spine_is_of_the_spine() -> None:
    (mention,) = mentions_of(marks(("condition_of_any_joint:arthritis", 0, "arthritis"), ("spine_part", 3, "back")))
    assert not mention.place_unclear
    assert mention.name == "arthritis"
