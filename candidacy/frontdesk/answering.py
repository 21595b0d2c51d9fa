"""Finds the words for one message: the assistant's, or the front desk's own when there are none in time."""

from dataclasses import dataclass
from typing import Protocol

import anyio
import anyio.to_thread
import structlog

from candidacy.assistant.client import AssistantUnavailable, TurnResult
from candidacy.assistant.texts import Texts
from candidacy.dialogue.danger import LEVELS as DANGER_LEVELS
from candidacy.frontdesk.fallback import fallback_replies, patience_seconds
from candidacy.language.red_flag import RedFlag
from candidacy.records.turns import Turn

log = structlog.get_logger(__name__)


class Assistant(Protocol):
    """What the front desk needs of the assistant; see `candidacy.assistant.client.AssistantClient`."""

    async def turn(
        self, *, conversation_id: str, turn_id: str, channel: str, text: str | None, payload: str | None
    ) -> TurnResult:
        """Answer one message; raises AssistantUnavailable."""

    async def ready(self) -> bool:
        """Whether it can answer."""

    async def close(self) -> None:
        """Give its connections back."""


class RedFlags(Protocol):
    """Recognises danger without Rasa; see `candidacy.language.red_flags.RedFlagDetector`."""

    def detect(self, text: str) -> RedFlag | None:
        """The danger that a text speaks of."""


@dataclass(frozen=True)
class Answering:
    """Has the assistant answer, within its time, and never comes back without words.

    Args:
        assistant: asked first.
        texts: the words when it has none.
        red_flags: decides which words those are, and how long to wait.
        turn_timeout_seconds: how long to wait for the assistant.
    """

    assistant: Assistant
    texts: Texts
    red_flags: RedFlags
    turn_timeout_seconds: float

    async def answer(self, turn: Turn) -> TurnResult:
        """The replies to a visitor's message; none when a person has the conversation, who is told of danger only."""
        red_flag = await self._red_flag(turn)
        if turn.state == "person":
            return TurnResult(replies=(), understanding=own_understanding(red_flag))
        patience = patience_seconds(red_flag=red_flag, turn_timeout_seconds=self.turn_timeout_seconds)
        try:
            with anyio.fail_after(patience):
                result = await self._ask(turn)
        except (AssistantUnavailable, TimeoutError) as error:
            return self._answer_alone(turn, red_flag, reason=type(error).__name__)
        except Exception as error:
            # Whatever went wrong, the visitor must get words.
            return self._answer_alone(turn, red_flag, reason=f"unexpected {type(error).__name__}")
        if not any(reply.text.strip() for reply in result.replies):
            return self._answer_alone(turn, red_flag, reason="the assistant said nothing")
        if red_flag is not None and not any(reply.kind in DANGER_LEVELS for reply in result.replies):
            return self._answer_alone(turn, red_flag, reason="the assistant passed over a red flag")
        return result

    async def answer_alone(self, turn: Turn, *, reason: str) -> TurnResult:
        """The front desk's own words to a message, without asking the assistant."""
        return self._answer_alone(turn, await self._red_flag(turn), reason=reason)

    async def _ask(self, turn: Turn) -> TurnResult:
        return await self.assistant.turn(
            conversation_id=turn.conversation_id,
            turn_id=str(turn.message_id),
            channel=turn.channel,
            text=turn.text,
            payload=turn.payload,
        )

    def _answer_alone(self, turn: Turn, red_flag: RedFlag | None, *, reason: str) -> TurnResult:
        log.warning("turn.answered_alone", conversation=turn.conversation_id, turn=turn.message_id, reason=reason)
        return TurnResult(
            replies=fallback_replies(texts=self.texts, red_flag=red_flag, channel=turn.channel),
            understanding=own_understanding(red_flag),
        )

    async def _red_flag(self, turn: Turn) -> RedFlag | None:
        try:
            return await anyio.to_thread.run_sync(self.red_flags.detect, turn.text)
        except Exception as error:
            # A broken rule must not cost the visitor the answer.
            log.error("red_flags.failed", conversation=turn.conversation_id, reason=type(error).__name__)
            return None


def own_understanding(red_flag: RedFlag | None) -> dict[str, object]:
    """What is kept of a message that the front desk answered by itself, in the words of Rasa's parse data."""
    return {"answered_by": "front_desk", "red_flag": None if red_flag is None else red_flag.as_dict()}
