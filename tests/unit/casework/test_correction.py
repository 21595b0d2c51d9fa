"""What staff may say a message was meant as."""

import pytest

from candidacy.casework.correction import CorrectionError, Vocabulary, checked_meaning

VOCABULARY = Vocabulary(
    topics=("faq/hospital_stay", "screening"),
    questions=("fracture", "age_related", "stenosis_surgery"),
    categories={"emergency": ("chest_pain",), "crisis": ("overdose",), "urgent": ("infection",)},
)


@pytest.mark.parametrize(
    ("kind", "meant", "kept"),
    [
        ("topic", {"topic": "faq/hospital_stay"}, {"topic": "faq/hospital_stay"}),
        (
            "screening",
            {"asked": "fracture", "fracture": "yes"},
            {"asked": "fracture", "subject": "self", "fracture": "yes", "age_related": "-", "stenosis_surgery": "-"},
        ),
        ("red_flag", {"level": "urgent", "category": "infection"}, {"level": "urgent", "category": "infection"}),
        ("red_flag", {"level": "none"}, {"level": "none", "category": "none"}),
    ],
)
def test_what_is_kept(kind: str, meant: dict[str, str], kept: dict[str, str]) -> None:
    assert checked_meaning(kind, meant, VOCABULARY) == kept


@pytest.mark.parametrize(
    ("kind", "meant", "message"),
    [
        ("mood", {}, "the kind of a correction must be one of"),
        ("topic", {"topic": "faq/weather"}, "topic must be one of"),
        ("topic", {}, "topic must be one of"),
        ("screening", {"fracture": "maybe"}, "fracture must be one of"),
        ("screening", {"asked": "age"}, "asked must be one of"),
        ("red_flag", {"level": "urgent", "category": "overdose"}, "category must be one of infection"),
    ],
)
def test_what_is_refused(kind: str, meant: dict[str, str], message: str) -> None:
    with pytest.raises(CorrectionError, match=message):
        checked_meaning(kind, meant, VOCABULARY)
