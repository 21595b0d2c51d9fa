"""The shape all actions share: blocking work on a thread of its own, and what was understood of the last message."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import Context
from candidacy.dialogue.intents import ANSWER_INTENTS

ANSWER_CONFIDENCE = 0.7
"""From which confidence on "affirm" and the like count as an answer; below it the question is put again."""

Events = list[dict[str, Any]]


class ClinicAction(Action, ABC):  # type: ignore[misc]
    """An action that does its work on a thread, so that a slow database never stops the server."""

    action_name: str

    def __init__(self, context: Context) -> None:
        self.context = context

    def name(self) -> str:
        """The name in domain.yml."""
        return self.action_name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Called by the action server."""
        events = await asyncio.to_thread(self.perform, dispatcher, tracker)
        return [*events, *self._withdrawn_offer(events, tracker)]

    def _withdrawn_offer(self, events: Events, tracker: Tracker) -> Events:
        """An offer stands for the next message alone: a later "yes" must not take it up, least of all a deletion."""
        declines_to_run = not events and self.action_name.startswith("validate_")
        renewed = any(event.get("event") == "slot" and event.get("name") == "offer" for event in events)
        if declines_to_run or renewed or tracker.get_slot("offer") is None:
            return []
        return [SlotSet("offer", None)]

    @abstractmethod
    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say what is to be said, and return what changes."""


@dataclass(frozen=True)
class LatestMessage:
    """The visitor's last message as Rasa's pipeline understood it."""

    message_id: str | None
    text: str
    intent: str | None
    confidence: float
    topics: tuple[str, ...]
    candidates: tuple[str, ...]
    findings: tuple[Mapping[str, Any], ...]
    """What it says about somebody's spine, read with the question in mind that was put."""
    answer: str | None
    """A bare yes, no, unknown or skipped."""
    button: Mapping[str, str]
    """What a pressed button carries."""
    red_flag: Mapping[str, Any] | None
    answer_read: bool = False
    """Whether the answer was read off the words; otherwise it is what the intent stands for."""
    unclear: tuple[str, ...] = ()
    """Which of the screening's three questions it speaks of without saying clearly what."""
    for_another: bool = False
    """Whether it says that it is written for somebody else."""
    bearing: bool = False
    """Whether it has words that bear on an answer to one of the three."""


def latest_message(tracker: Tracker) -> LatestMessage:
    """Read the last message from the tracker."""
    data = tracker.latest_message or {}
    event = tracker.get_last_event_for("user") or {}
    understood = data.get("intent") or {}
    intent, confidence = understood.get("name"), float(understood.get("confidence") or 0.0)
    button = {entity["entity"]: str(entity["value"]) for entity in data.get("entities") or () if is_payload(data)}
    reading = (data.get("readings") or {}).get(tracker.get_slot("requested_slot")) or data
    topics = tuple(topic["name"] for topic in data.get("topics") or ())
    return LatestMessage(
        message_id=event.get("message_id"),
        text=data.get("text") or "",
        intent=intent,
        confidence=confidence,
        topics=(button["topic"],) if "topic" in button else topics,
        candidates=tuple(data.get("candidates") or ()),
        findings=tuple(reading.get("findings") or ()),
        answer=reading.get("answer") or _answer_of_intent(intent, confidence),
        button=button,
        red_flag=data.get("red_flag"),
        answer_read=reading.get("answer") is not None,
        unclear=tuple(reading.get("unclear") or ()),
        for_another=bool(reading.get("for_another")),
        bearing=bool(reading.get("bearing")),
    )


def _answer_of_intent(intent: str | None, confidence: float) -> str | None:
    """What a bare answer's intent stands for, when it is sure enough to be stored."""
    return ANSWER_INTENTS.get(intent or "") if confidence >= ANSWER_CONFIDENCE else None


def is_payload(data: Mapping[str, Any]) -> bool:
    """Whether the message is a pressed button; typed text never begins with a slash when it reaches Rasa."""
    return str(data.get("text") or "").startswith("/")


def message_number(message_id: object) -> int | None:
    """A message's number in the records; a shell's own message ids are none."""
    return int(str(message_id)) if str(message_id).isdigit() else None


def in_form(tracker: Tracker) -> str | None:
    """The name of the form that asks, or None."""
    return (tracker.active_loop or {}).get("name")


def conversation_of(tracker: Tracker) -> str:
    """The conversation's id."""
    return str(tracker.sender_id)


def channel_of(tracker: Tracker) -> str:
    """The visitor's channel, such as web or sms."""
    return str(tracker.get_latest_input_channel() or "shell")
