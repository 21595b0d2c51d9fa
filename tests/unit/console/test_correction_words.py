"""What a correction says, in words."""

import pytest

from candidacy.console.conversations.labels import load_labels
from candidacy.console.correction_words import meant_words

NOTHING_SAID = {"asked": "none", "subject": "self", "fracture": "-", "age_related": "-", "stenosis_surgery": "-"}


@pytest.mark.parametrize(
    ("kind", "meant", "words"),
    [
        ("topic", {"topic": "faq/hospital_stay"}, "Hospital stay"),
        ("topic", {"topic": "not_covered/cost"}, "Cost (not covered)"),
        ("red_flag", {"level": "emergency", "category": "chest_pain"}, "emergency, chest pain"),
        ("red_flag", {"level": "none", "category": "none"}, "none"),
        ("screening", NOTHING_SAID, "Says nothing of it; about the visitor"),
        (
            "screening",
            {**NOTHING_SAID, "asked": "fracture", "fracture": "unknown", "age_related": "yes"},
            "Fracture: they do not know; Age related: yes; about the visitor; asked for fracture",
        ),
        (
            "screening",
            {**NOTHING_SAID, "subject": "other", "stenosis_surgery": "no"},
            "Stenosis surgery: no; about somebody else",
        ),
    ],
)
def test_each_kind_has_its_words(kind: str, meant: dict[str, str], words: str) -> None:
    assert meant_words(kind, meant, labels=load_labels()) == words
