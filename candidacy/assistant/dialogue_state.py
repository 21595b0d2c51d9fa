"""Rasa's tracker as a bounded dialogue state: slots, active form, and the last turn."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT

from candidacy.assistant.running_turn import RunningTurn, current_turn

KEPT_TURNS = 1
"""Turns whose events are kept; no rule looks further back than the turn it is in."""

PARSE_DATA = "parse_data"
KEPT_PARSE_DATA = (TEXT, INTENT, ENTITIES)
"""What is kept of how an earlier message was understood: what Rasa makes its own of it from."""

log = structlog.get_logger(__name__)


class NoTurnRunning(Exception):
    """A tracker is asked for or saved outside a turn; there is nothing to take it from or give it to."""


class TurnTrackers(TrackerStore):  # type: ignore[misc]
    """Makes the tracker of what the running turn begins with, and leaves with the turn what it ends with.

    A turn that failed or said nothing leaves nothing.
    """

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's tracker, or None in a new one; raises NoTurnRunning outside a turn of it."""
        turn = _turn_of(sender_id)
        events = turn.begins_with if turn.ends_with is None else turn.ends_with
        if not events:
            return None
        return DialogueStateTracker.from_events(
            sender_id, [Event.from_parameters(event) for event in events], slots=self.domain.slots, domain=self.domain
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Leave the tracker's bounded state with the turn; raises NoTurnRunning outside a turn of it."""
        turn = _turn_of(tracker.sender_id)
        if not any(isinstance(event, UserUttered) for event in tracker.events):
            # Rasa saves a new tracker before the turn is begun.
            return
        if (problem := turn.problem()) is not None:
            turn.fail(problem)
            log.warning("turn.not_kept", conversation=turn.conversation_id, turn=turn.turn_id, reason=problem)
            return
        turn.ends_with = state_of(tracker, self.domain)

    async def keys(self) -> Iterable[str]:
        """Conversations are listed by the records, not here."""
        return []


def _turn_of(conversation_id: str) -> RunningTurn:
    turn = current_turn()
    if turn is None or turn.conversation_id != conversation_id:
        raise NoTurnRunning
    return turn


def state_of(tracker: DialogueStateTracker, domain: Domain) -> list[dict[str, Any]]:
    """The bounded dialogue state, as Rasa writes events."""
    return [_written(event) for event in recent_events(tracker, domain)]


def _written(event: Event) -> dict[str, Any]:
    written: dict[str, Any] = event.as_dict()
    if PARSE_DATA in written:
        written[PARSE_DATA] = {key: written[PARSE_DATA][key] for key in KEPT_PARSE_DATA if key in written[PARSE_DATA]}
    return written


def requested_slot(events: Sequence[Mapping[str, Any]]) -> str | None:
    """The slot that a form has asked for, and so the question that was put."""
    asked = (event["value"] for event in reversed(events) if event.get("name") == REQUESTED_SLOT)
    return next(asked, None)


def recent_events(tracker: DialogueStateTracker, domain: Domain) -> list[Event]:
    """Events that replay to the same slots, form and last turn as the whole conversation does.

    Without what was said, which stands in the records.
    """
    events = [event for event in tracker.events_after_latest_restart() if not isinstance(event, BotUttered)]
    cut = _start_of_kept_turns(events)
    if cut == 0:
        return events
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], slots=domain.slots, domain=domain)
    return [*_as_events(before), *events[cut:]]


def _start_of_kept_turns(events: list[Event]) -> int:
    starts = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(starts) <= KEPT_TURNS:
        return 0
    start = starts[-KEPT_TURNS]
    listens = [
        index
        for index, event in enumerate(events[:start])
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
    ]
    return listens[-1] if listens else start


def _as_events(tracker: DialogueStateTracker) -> list[Event]:
    """The fewest events that set the slots and the active form as they stand."""
    started: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME)]
    slots = [SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value != slot.initial_value]
    loop = [ActiveLoop(tracker.active_loop_name)] if tracker.active_loop_name else []
    return [*started, *slots, *loop]
