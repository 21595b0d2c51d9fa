"""What both forms share."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.form import asked_by, returns_from_digression

USER = {"event": "user", "text": "hello"}
LISTEN = {"event": "action", "name": "action_listen"}
FORM = {"event": "action", "name": "screening_form"}
ANSWER = {"event": "action", "name": "action_answer"}
REJECTED = {"event": "action_execution_rejected", "name": "screening_form"}


def tracker(events: list[dict[str, Any]], **slots: str) -> Tracker:
    return Tracker("c1", slots, {}, events, False, None, {"name": "screening_form"}, "action_listen")


@pytest.mark.parametrize(
    ("events", "returns"),
    [
        ([LISTEN, USER, FORM], False),
        ([ANSWER, LISTEN, USER, FORM], False),
        ([LISTEN, USER, REJECTED, ANSWER, FORM], True),
        ([LISTEN, USER, {"event": "action", "name": "action_resume"}, FORM], True),
        ([], False),
    ],
)
def test_returns_from_digression(events: list[dict[str, Any]], returns: bool) -> None:
    assert returns_from_digression(tracker(events), "screening_form") is returns


@pytest.mark.parametrize(("slot", "asked"), [("fracture", "fracture"), ("contact_name", None)])
def test_another_forms_question_is_not_ours(slot: str, asked: str | None) -> None:
    assert asked_by(tracker([], requested_slot=slot), ("fracture", "age_related")) == asked
