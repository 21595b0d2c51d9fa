"""Rasa's tracker, kept as one bounded row a conversation: slots, active form, and the last few turns."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from candidacy.assistant.running_turn import RunningTurn, current_turn
from candidacy.records.database import Database
from candidacy.records.dialogue_states import (
    DialogueState,
    load_dialogue_state,
    require_unmoved,
    save_dialogue_state,
)
from candidacy.records.encryption import Cipher

KEPT_TURNS = 3
"""Turns whose events are kept; no rule or story looks further back."""

log = structlog.get_logger(__name__)


class TurnNotKept(Exception):
    """A turn's result came too late to be kept."""


class DialogueStateStore(TrackerStore):  # type: ignore[misc]
    """Keeps trackers in the records; a turn that failed or said nothing is not kept."""

    def __init__(
        self,
        domain: Domain | None,
        *,
        database: Database,
        cipher: Cipher,
        event_broker: EventBroker | None = None,
    ) -> None:
        super().__init__(domain, event_broker)
        self._database = database
        self._cipher = cipher

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's tracker, or None when it has none yet."""
        turn = current_turn()
        events = turn.take_read_ahead() if turn is not None and turn.conversation_id == sender_id else None
        if events is None:
            with _failing_the_turn():
                events = await asyncio.to_thread(self._load, sender_id)
        if events is None:
            return None
        return DialogueStateTracker.from_events(
            sender_id, [Event.from_parameters(event) for event in events], slots=self.domain.slots, domain=self.domain
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker with the replies of the turn that made it, in one row."""
        if tracker.latest_message is None or not any(isinstance(event, UserUttered) for event in tracker.events):
            return
        turn = current_turn()
        if turn is not None and (problem := turn.problem()) is not None:
            turn.fail(problem)
            log.warning("turn.not_kept", conversation=turn.conversation_id, turn=turn.turn_id, reason=problem)
            return
        events = [event.as_dict() for event in recent_events(tracker, self.domain)]
        with _failing_the_turn():
            await asyncio.to_thread(self._save, tracker.sender_id, events, turn)

    async def keys(self) -> Iterable[str]:
        """Conversations are listed by the records, not here."""
        return []

    def _load(self, conversation_id: str) -> Sequence[Mapping[str, Any]] | None:
        with self._database.read_session() as session:
            return events_of(load_dialogue_state(session, cipher=self._cipher, conversation_id=conversation_id))

    def _save(self, conversation_id: str, events: list[dict[str, Any]], turn: RunningTurn | None) -> None:
        with self._database.session() as session:
            # The transaction may have waited for another one: a turn that is late by now is not kept.
            if turn is not None and (problem := turn.problem()) is not None:
                raise TurnNotKept(problem)
            if turn is not None:
                require_unmoved(session, conversation_id=conversation_id, last_turn=turn.follows)
            save_dialogue_state(
                session,
                cipher=self._cipher,
                conversation_id=conversation_id,
                state={"events": events},
                last_turn=turn.turn_id if turn else None,
                last_replies=[reply.as_dict() for reply in turn.replies] if turn else [],
                now=datetime.now(timezone.utc),
            )
        if turn is not None:
            turn.kept, turn.follows = True, turn.turn_id


def events_of(saved: DialogueState | None) -> Sequence[Mapping[str, Any]] | None:
    """The events that a saved dialogue state holds, as Rasa writes them, or None when there are none."""
    return saved.state.get("events") if saved else None


def requested_slot(events: Sequence[Mapping[str, Any]] | None) -> str | None:
    """The slot that a form has asked for, and so the question that was put."""
    asked = (event["value"] for event in reversed(events or ()) if event.get("name") == REQUESTED_SLOT)
    return next(asked, None)


@contextmanager
def _failing_the_turn() -> Iterator[None]:
    """Fail the turn on a store's error, which Rasa answers with a store in memory, and so with amnesia."""
    try:
        yield
    except Exception as error:
        turn = current_turn()
        if turn is not None:
            turn.fail(f"dialogue state: {type(error).__name__}")
        raise


def recent_events(tracker: DialogueStateTracker, domain: Domain) -> list[Event]:
    """Events that replay to the same slots, form and last few turns as the whole conversation does."""
    events = list(tracker.events_after_latest_restart())
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
