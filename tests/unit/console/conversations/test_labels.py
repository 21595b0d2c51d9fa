"""Every value that is kept has its words."""

import pytest

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
    ],
)
def test_every_value_has_words(kind: str, values: list[str]) -> None:
    assert {value for value, _ in load_labels().choices(kind)} == set(values)


def test_a_value_without_words_is_shown_as_it_is() -> None:
    labels = load_labels()
    assert (labels("channel", "carrier_pigeon"), labels("channel", None)) == ("carrier pigeon", "")
