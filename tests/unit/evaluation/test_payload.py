"""Buttons' payloads."""

import pytest

from candidacy.evaluation.payload import answer_payload, read_payload


@pytest.mark.parametrize(
    ("payload", "intent", "values"),
    [
        ("/screening", "screening", {}),
        ('/choose{"topic": "faq/outlook"}', "choose", {"topic": "faq/outlook"}),
        (answer_payload("fracture", "yes"), "answer", {"fracture": "yes"}),
    ],
)
def test_a_payload_is_read(payload: str, intent: str, values: dict[str, str]) -> None:
    assert read_payload(payload) == (intent, values)


@pytest.mark.parametrize("text", ["screening", "/", "/answer{", "/ screening", ""])
def test_what_is_no_payload_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a payload"):
        read_payload(text)
