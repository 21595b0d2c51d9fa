"""The bounded dialogue state replays to the same slots, form and last turn as the whole conversation."""

import asyncio
import time

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

from candidacy.assistant.dialogue_state import (
    KEPT_TURNS,
    NoTurnRunning,
    TurnTrackers,
    recent_events,
    requested_slot,
    state_of,
)
from candidacy.assistant.reply import Reply
from candidacy.assistant.running_turn import RunningTurn, running

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
    return tracker_of([Event.from_parameters(event) for event in state_of(tracker, DOMAIN)])


BEGUN = [ActionExecuted("action_session_start"), SlotSet("fracture", "yes"), ActiveLoop("screening_form")]


@pytest.mark.parametrize("turns", [0, KEPT_TURNS, KEPT_TURNS + 1, 30])
def test_slots_form_and_the_last_turn_survive(turns: int) -> None:
    whole = tracker_of([*BEGUN, *(event for number in range(turns) for event in turn(number))])
    kept = replayed(whole)
    assert kept.current_slot_values() == whole.current_slot_values()
    assert kept.active_loop_name == whole.active_loop_name
    assert kept.latest_action_name == whole.latest_action_name
    assert (kept.latest_message.text, kept.latest_message.intent) == (
        whole.latest_message.text,
        whole.latest_message.intent,
    )


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
    assert "message 1" not in str(state_of(tracker, DOMAIN))


def test_of_a_message_it_is_kept_what_it_was_taken_for_and_no_more() -> None:
    parsed = {"text": "no", "intent": {"name": "affirm"}, "entities": [], "intent_ranking": [{"name": "affirm"}]}
    message = UserUttered("no", {"name": "affirm"}, [], parsed)
    [*_, kept] = state_of(tracker_of([*BEGUN, ActionExecuted("action_listen"), message]), DOMAIN)
    assert kept["parse_data"] == {"text": "no", "intent": {"name": "affirm"}, "entities": []}


def test_what_was_said_is_not_kept() -> None:
    assert "reply 1" not in str(state_of(tracker_of([*BEGUN, *turn(1)]), DOMAIN))


@pytest.mark.parametrize(
    ("events", "asked"),
    [
        ([], None),
        ([SlotSet("requested_slot", "fracture"), SlotSet("count", 2)], "fracture"),
        ([SlotSet("requested_slot", "fracture"), SlotSet("requested_slot", "age_related")], "age_related"),
        ([SlotSet("requested_slot", "fracture"), SlotSet("requested_slot", None)], None),
    ],
)
def test_the_question_that_was_put(events: list[Event], asked: str | None) -> None:
    assert requested_slot([event.as_dict() for event in events]) == asked


REPLY = Reply(text="Thank you.", kind="notice")


def running_turn(
    *, seconds: float = 3600, replies: tuple[Reply, ...] = (REPLY,), failure: str | None = None
) -> RunningTurn:
    return RunningTurn("someone", "7", time.monotonic() + seconds, list(replies), failure)


def save(running_one: RunningTurn, events: list[Event]) -> DialogueStateTracker | None:
    """Save a conversation, as Rasa does at the end of a turn; returns what is asked for then."""

    async def go() -> DialogueStateTracker | None:
        with running(running_one):
            store = TurnTrackers(DOMAIN)
            await store.save(tracker_of(events))
            return await store.retrieve("someone")

    return asyncio.run(go())


def test_a_whole_turn_leaves_its_state() -> None:
    this = running_turn()
    events = [*BEGUN, *turn(1)]
    kept = save(this, events)
    assert this.ends_with == state_of(tracker_of(events), DOMAIN)
    assert kept is not None
    assert kept.get_slot("fracture") == "yes"


@pytest.mark.parametrize(
    "failed", [running_turn(replies=()), running_turn(seconds=-1), running_turn(failure="custom action: status 500")]
)
def test_a_turn_that_failed_leaves_none(failed: RunningTurn) -> None:
    assert save(failed, [*BEGUN, *turn(1)]) is None
    assert failed.failure is not None
    assert failed.ends_with is None


def test_the_tracker_of_a_new_conversation_is_not_yet_the_turns_end() -> None:
    this = running_turn(replies=())
    assert save(this, [*BEGUN]) is None
    assert this.failure is None


def test_a_turn_goes_on_from_what_it_begins_with() -> None:
    this = running_turn()
    this.begins_with = state_of(tracker_of([*BEGUN, *turn(1)]), DOMAIN)

    async def retrieve() -> DialogueStateTracker | None:
        with running(this):
            return await TurnTrackers(DOMAIN).retrieve("someone")

    tracker = asyncio.run(retrieve())
    assert tracker is not None
    assert tracker.get_slot("count") == 1


@pytest.mark.parametrize("whose", [None, running_turn()])
def test_outside_a_turn_of_the_conversation_there_is_nothing(whose: RunningTurn | None) -> None:
    async def retrieve() -> None:
        store = TurnTrackers(DOMAIN)
        if whose is None:
            await store.retrieve("someone")
        else:
            with running(whose):
                await store.retrieve("somebody else")

    with pytest.raises(NoTurnRunning):
        asyncio.run(retrieve())
