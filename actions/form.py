"""What both forms share: the question to put next, its explanation when an answer was not understood, and a way out."""

from collections.abc import Collection, Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events

EXPLAIN_AT = 2
"""At so many misunderstood answers in a row the question is explained."""
OFFER_PERSON_AT = 3
"""At so many a person is offered."""

SCREENING_FORM = "screening_form"
CONSULTATION_FORM = "consultation_form"

REQUESTED_SLOT = "requested_slot"
ACTION_LISTEN = "action_listen"


def returns_from_digression(tracker: Tracker, form: str) -> bool:
    """Whether the last message was already dealt with elsewhere, so that the form only puts its question again.

    Rasa clears the loop's own mark of an interruption before it calls us, so the actions since the message tell.
    """
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in (form, ACTION_LISTEN):
            return True
    return False


def asked_by(tracker: Tracker, questions: Collection[str]) -> str | None:
    """The question of this form that was put last; another form's, right after a change of forms, is none of ours."""
    asked = tracker.get_slot(REQUESTED_SLOT)
    return asked if asked in questions else None


def remember_other_form(tracker: Tracker, questions: Collection[str], other_form: str) -> Events:
    """When this form takes over from the other one, keep that one's name, so that "continue" comes back to it."""
    asked = tracker.get_slot(REQUESTED_SLOT)
    return [SlotSet("paused_form", other_form)] if asked is not None and asked not in questions else []


def forget_pause(tracker: Tracker, form: str) -> Events:
    """A form that is finished cannot be gone on with."""
    return [SlotSet("paused_form", None)] if tracker.get_slot("paused_form") == form else []


def set_slots(updates: Mapping[str, Any]) -> Events:
    """Events that set slots."""
    return [SlotSet(name, value) for name, value in updates.items()]


def note_misunderstanding(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    *,
    misunderstood: bool,
    explanation: str,
    at_first: str = "utter_not_understood",
) -> Events:
    """Count answers in a row that were not understood, and help as their number grows."""
    if not misunderstood:
        return [SlotSet("misunderstandings", 0)]
    count = int(tracker.get_slot("misunderstandings") or 0) + 1
    dispatcher.utter_message(response=_help(count, at_first, explanation))
    return [SlotSet("misunderstandings", count)]


def _help(count: int, at_first: str, explanation: str) -> str:
    if count >= OFFER_PERSON_AT:
        return "utter_offer_person"
    if count >= EXPLAIN_AT:
        return explanation
    return at_first


def sources(tracker: Tracker, updates: Mapping[str, Any], message_id: str | None) -> dict[str, str | None]:
    """Which message gave which answer, after a message that gave some."""
    known = dict(tracker.get_slot("answer_sources") or {})
    return {**known, **dict.fromkeys(updates, message_id)}
