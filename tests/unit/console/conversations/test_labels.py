"""Every value that is kept has its words."""

import pytest

from candidacy.casework.inbox_filter import STAGES
from candidacy.casework.turn_marks import DANGER_KINDS
from candidacy.casework.waiting import WAIT_ENDS, WAIT_SPANS
from candidacy.console.conversations.labels import load_labels
from candidacy.records.tables import AUTHORS, DELIVERY_STATES, PURPOSES, STATES
from candidacy.screening.outcome import OutcomeKind
from candidacy.screening.questionnaire import load_questionnaire

ANSWERS = {value for question in load_questionnaire().questions for value in question.accepts}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("state", STATES),
        ("author", AUTHORS),
        ("delivery", DELIVERY_STATES),
        ("purpose", PURPOSES),
        ("outcome", [kind.value for kind in OutcomeKind]),
        ("answer", sorted(ANSWERS)),
        ("stage", STAGES),
        ("level", DANGER_KINDS),
        ("wait_end", WAIT_ENDS),
        ("waited", tuple(WAIT_SPANS)),
    ],
)
def test_every_value_has_words(kind: str, values: list[str]) -> None:
    assert {value for value, _ in load_labels().choices(kind)} == set(values)


def test_a_value_without_words_is_shown_as_it_is() -> None:
    labels = load_labels()
    assert (labels("channel", "carrier_pigeon"), labels("channel", None)) == ("carrier pigeon", "")


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("faq/hospital_stay", "Hospital stay"),
        ("not_covered/cost", "Cost (not covered)"),
        ("clinician/my_pills", "My pills (for a clinician)"),
        ("talk_to_person", "Talk to person"),
        ("Apr 1, 2030 to Apr 7, 2030", "Apr 1, 2030 to Apr 7, 2030"),
        ("", ""),
    ],
)
def test_topics_in_words(topic: str, words: str) -> None:
    assert load_labels().topic(topic) == words
