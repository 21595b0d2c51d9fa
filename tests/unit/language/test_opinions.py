"""What was learnt makes a rule's reading doubtful, or an unread answer clear; it never turns one into its opposite."""

import pytest

from candidacy.language.opinions import OpinionGates, weighed
from candidacy.language.reading import Finding, Reading
from candidacy.language.statement_classifier import Opinion

GATES = OpinionGates(doubt=0.7, doubt_volunteered=0.2, store=0.9, said=0.5)
SURE_OF_NOTHING = {"yes": 0.0, "no": 0.0, "unknown": 0.0, "-": 1.0}


def opinion(**probabilities: float) -> Opinion:
    rest = 1 - sum(probabilities.values())
    return {"yes": 0.0, "no": 0.0, "unknown": 0.0, "-": rest, **probabilities}


def finding(value: str, *, concept: str = "fracture", subject: str = "self") -> Finding:
    return Finding(concept, value, subject, "past", None, "words")


def read(
    *findings: Finding,
    answer: str | None = None,
    unclear: tuple[str, ...] = (),
    for_another: bool = False,
    bearing: bool = False,
) -> Reading:
    return Reading(findings, answer, unclear, for_another, bearing)


@pytest.mark.parametrize(
    ("by_rules", "learnt", "expected"),
    [
        # both say the same
        (read(answer="no"), opinion(no=0.7), read(answer="no")),
        # a question beside it makes it no less clear
        (read(answer="no"), opinion(no=0.2), read(answer="no")),
        (read(finding("yes")), opinion(yes=0.9), read(finding("yes"))),
        # what was learnt does not bear it out: it is confirmed
        (read(answer="no"), opinion(no=0.6, yes=0.4), read(unclear=("fracture",))),
        (read(finding("yes")), opinion(no=0.95), read(unclear=("fracture",))),
        (read(finding("yes"), answer="yes"), opinion(no=0.95), read(unclear=("fracture",))),
        # the rules read nothing
        (read(), opinion(yes=0.9), read(answer="yes")),
        (read(unclear=("fracture",)), opinion(no=0.95), read(answer="no")),
        (read(bearing=True), opinion(yes=0.5, no=0.2), read(unclear=("fracture",), bearing=True)),
        (read(), opinion(yes=0.5, no=0.2), read()),
        (read(), opinion(yes=0.3), read()),
        # it tells of something else
        (read(finding("yes", subject="other")), opinion(yes=0.6), read(finding("yes", subject="other"))),
        # another person's history is not the speaker's answer
        (read(finding("yes", subject="other")), opinion(), read(finding("yes", subject="other"))),
        # nor is it learnt what is said for somebody else
        (read(answer="no", for_another=True), opinion(yes=1.0), read(answer="no", for_another=True)),
    ],
)
def test_the_answer_to_the_question_put(by_rules: Reading, learnt: Opinion, expected: Reading) -> None:
    opinions = {"fracture": learnt, "age_related": SURE_OF_NOTHING, "stenosis_surgery": SURE_OF_NOTHING}
    assert weighed(by_rules, opinions, asked="fracture", gates=GATES) == expected


@pytest.mark.parametrize(
    ("learnt", "expected"),
    [
        (opinion(yes=0.2), read(finding("yes", concept="age_related"))),
        (opinion(yes=0.1), read(unclear=("age_related",))),
    ],
)
@pytest.mark.parametrize("asked", [None, "fracture"])
def test_what_is_volunteered_stands_unless_it_is_very_unlikely(
    asked: str | None, learnt: Opinion, expected: Reading
) -> None:
    opinions = {"fracture": SURE_OF_NOTHING, "age_related": learnt, "stenosis_surgery": SURE_OF_NOTHING}
    assert weighed(read(finding("yes", concept="age_related")), opinions, asked=asked, gates=GATES) == expected


def test_nothing_is_taken_for_an_answer_when_nothing_was_asked() -> None:
    opinions = {concept: opinion(yes=1.0) for concept in ("fracture", "age_related", "stenosis_surgery")}
    assert weighed(read(), opinions, asked=None, gates=GATES) == read()


def test_a_gate_outside_of_0_to_1_is_refused() -> None:
    with pytest.raises(ValueError, match="store must lie between 0 and 1, not 90"):
        OpinionGates(store=90)
