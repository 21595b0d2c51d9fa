"""Finds the words for one message: the assistant's, or the front desk's own when there are none in time."""

import asyncio
import time
from dataclasses import dataclass
from typing import Protocol

import structlog

from candidacy.assistant.client import AssistantUnavailable, TurnResult
from candidacy.assistant.texts import Texts
from candidacy.casework.custody import PERSON
from candidacy.dialogue.danger import LEVELS as DANGER_LEVELS
from candidacy.frontdesk.danger import RedFlags, danger_replies, find_danger
from candidacy.frontdesk.fallback import fallback_replies, patience_seconds
from candidacy.language.red_flag import RedFlag
from candidacy.records.turn import Turn

OWN_LOOK_SECONDS = 1.0
"""How long the assistant may take before the front desk looks for danger by itself."""

log = structlog.get_logger(__name__)


class Assistant(Protocol):
    """What the front desk needs of the assistant; see `candidacy.assistant.pool.AssistantPool`."""

    @property
    def processes(self) -> int:
        """How many processes it has."""

    async def turn(
        self,
        *,
        conversation_id: str,
        turn_id: str,
        channel: str,
        text: str | None,
        payload: str | None,
        dialogue_state: bytes | None,
    ) -> TurnResult:
        """Answer one message; raises AssistantUnavailable."""

    async def answering(self) -> int:
        """How many of its processes can answer now."""

    async def close(self) -> None:
        """Give its connections back."""


@dataclass(frozen=True)
class Answering:
    """Has the assistant answer, within its time, and never comes back without words.

    Args:
        assistant: asked first.
        texts: the words when it has none.
        red_flags: decides which words those are, and how long to wait; asked only when the assistant is late, fails, or
            does not say whether there is danger.
        turn_timeout_seconds: how long to wait for the assistant.
    """

    assistant: Assistant
    texts: Texts
    red_flags: RedFlags
    turn_timeout_seconds: float

    async def answer(self, turn: Turn) -> TurnResult:
        """The replies to a visitor's message; where it is for a person, danger advice and nothing else."""
        if turn.state == PERSON:
            red_flag = await self._red_flag(turn)
            advice = danger_replies(red_flag, texts=self.texts, channel=turn.channel)
            return TurnResult(replies=advice, understanding=own_understanding(red_flag))
        try:
            result = await self._asked(turn)
        except (AssistantUnavailable, TimeoutError) as error:
            return await self.answer_alone(turn, reason=type(error).__name__)
        except Exception as error:
            # Whatever went wrong, the visitor must get words.
            return await self.answer_alone(turn, reason=f"unexpected {type(error).__name__}")
        if not any(reply.text.strip() for reply in result.replies):
            return await self.answer_alone(turn, reason="the assistant said nothing")
        if await self._is_danger_passed_over(turn, result):
            return await self.answer_alone(turn, reason="the assistant passed over a red flag")
        return result

    async def answer_alone(self, turn: Turn, *, reason: str) -> TurnResult:
        """The front desk's own words to a message, without asking the assistant."""
        red_flag = await self._red_flag(turn)
        log.warning("turn.answered_alone", conversation=turn.conversation_id, turn=turn.message_id, reason=reason)
        return TurnResult(
            replies=fallback_replies(texts=self.texts, red_flag=red_flag, channel=turn.channel),
            understanding=own_understanding(red_flag),
        )

    async def _asked(self, turn: Turn) -> TurnResult:
        """The assistant's answer; raises TimeoutError when the message cannot wait for it any longer.

        The assistant looks for danger before anything else, so that the front desk looks by itself when it is late.
        """
        begun = time.monotonic()
        asking = asyncio.create_task(self._ask(turn))
        try:
            await asyncio.wait([asking], timeout=min(OWN_LOOK_SECONDS, self.turn_timeout_seconds))
            if not asking.done():
                red_flag = await self._red_flag(turn)
                patience = patience_seconds(red_flag=red_flag, turn_timeout_seconds=self.turn_timeout_seconds)
                await asyncio.wait([asking], timeout=max(0.0, begun + patience - time.monotonic()))
            if not asking.done():
                raise TimeoutError
            return asking.result()
        finally:
            asking.cancel()

    async def _is_danger_passed_over(self, turn: Turn, result: TurnResult) -> bool:
        """Whether there is danger in the message and none of the replies says so."""
        if any(reply.kind in DANGER_LEVELS for reply in result.replies):
            return False
        if "red_flag" in result.understanding:
            return result.understanding["red_flag"] is not None
        return await self._red_flag(turn) is not None

    async def _ask(self, turn: Turn) -> TurnResult:
        return await self.assistant.turn(
            conversation_id=turn.conversation_id,
            turn_id=str(turn.message_id),
            channel=turn.channel,
            text=turn.text,
            payload=turn.payload,
            dialogue_state=turn.dialogue_state,
        )

    async def _red_flag(self, turn: Turn) -> RedFlag | None:
        return await find_danger(turn.text, red_flags=self.red_flags, conversation=turn.conversation_id)


def own_understanding(red_flag: RedFlag | None) -> dict[str, object]:
    """What is kept of a message that the front desk answered by itself, in the words of Rasa's parse data."""
    return {"answered_by": "front_desk", "red_flag": None if red_flag is None else red_flag.as_dict()}
