"""The bounded dialogue state replays to the same slots, form and last turns as the whole conversation."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from candidacy.assistant.dialogue_state import KEPT_TURNS, recent_events, requested_slot

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [affirm]
slots:
  fracture: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  count: {type: any, influence_conversation: false, mappings: [{type: custom}]}
forms:
  screening_form: {required_slots: [fracture]}
"""
)


def turn(number: int) -> list[Event]:
    return [
        ActionExecuted("action_listen"),
        UserUttered(f"message {number}", {"name": "affirm", "confidence": 1.0}),
        ActionExecuted("screening_form"),
        SlotSet("count", number),
        BotUttered(f"reply {number}"),
    ]


def tracker_of(events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("someone", events, slots=DOMAIN.slots, domain=DOMAIN)


def replayed(tracker: DialogueStateTracker) -> DialogueStateTracker:
    saved = [event.as_dict() for event in recent_events(tracker, DOMAIN)]
    return tracker_of([Event.from_parameters(event) for event in saved])


BEGUN = [ActionExecuted("action_session_start"), SlotSet("fracture", "yes"), ActiveLoop("screening_form")]


@pytest.mark.parametrize("turns", [0, 1, KEPT_TURNS, KEPT_TURNS + 1, 30])
def test_slots_form_and_last_turns_survive(turns: int) -> None:
    whole = tracker_of([*BEGUN, *(event for number in range(turns) for event in turn(number))])
    kept = replayed(whole)
    assert kept.current_slot_values() == whole.current_slot_values()
    assert kept.active_loop_name == whole.active_loop_name
    assert kept.latest_action_name == whole.latest_action_name
    assert kept.latest_message == whole.latest_message


def test_a_long_conversation_is_kept_as_short_as_a_short_one() -> None:
    def size(turns: int) -> int:
        events = [*BEGUN, *(event for number in range(turns) for event in turn(number))]
        return len(recent_events(tracker_of(events), DOMAIN))

    assert size(400) == size(10)


def test_saving_again_and_again_loses_nothing() -> None:
    tracker = tracker_of([*BEGUN])
    for number in range(20):
        tracker.update_with_events(turn(number), DOMAIN)
        tracker = replayed(tracker)
    assert tracker.get_slot("fracture") == "yes"
    assert tracker.get_slot("count") == 19
    assert tracker.active_loop_name == "screening_form"


def test_nothing_from_before_a_restart_is_kept() -> None:
    tracker = tracker_of([*BEGUN, *turn(1), Restarted()])
    kept = replayed(tracker)
    assert kept.get_slot("fracture") is None
    assert "message 1" not in str([event.as_dict() for event in recent_events(tracker, DOMAIN)])


@pytest.mark.parametrize(
    ("events", "asked"),
    [
        (None, None),
        ([], None),
        ([SlotSet("requested_slot", "fracture"), SlotSet("count", 2)], "fracture"),
        ([SlotSet("requested_slot", "fracture"), SlotSet("requested_slot", "age_related")], "age_related"),
        ([SlotSet("requested_slot", "fracture"), SlotSet("requested_slot", None)], None),
    ],
)
def test_the_question_that_was_put(events: list[Event] | None, asked: str | None) -> None:
    assert requested_slot(events and [event.as_dict() for event in events]) == asked
