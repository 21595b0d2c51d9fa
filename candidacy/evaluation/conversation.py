"""Fresh conversations with the assistant, and the way to the question that a message answers."""

import time
import uuid
from collections.abc import Sequence

from candidacy.assistant.client import AssistantClient, AssistantUnavailable, TurnResult
from candidacy.assistant.reply import Reply
from candidacy.assistant.saved_slots import slots_of
from candidacy.evaluation.labelled_set import Case
from candidacy.evaluation.payload import answer_payload
from candidacy.evaluation.scored import Exchange
from candidacy.records.encryption import Cipher
from candidacy.screening.questionnaire import ADULT, CONSENT, DANGER, NO, SELF, SKIPPED, SUBJECT, YES

CHANNEL = "web"
BEGIN_SCREENING = "/screening"
ON_THE_WAY = {CONSENT: YES, SUBJECT: SELF, ADULT: YES, DANGER: NO}
"""The answers that lead to the clinical questions; those are skipped, so that a change of their answers shows."""

_MOST_QUESTIONS = 20


class NotAsked(Exception):
    """The question that a message answers could not be reached."""


class Asker:
    """Has one conversation a message."""

    def __init__(self, client: AssistantClient, *, cipher: Cipher) -> None:
        self._client = client
        self._cipher = cipher

    async def ask(self, case: Case) -> Exchange:
        """Put the message, after the question that it answers; a failure is part of what comes of it."""
        conversation = _Conversation(self._client)
        try:
            if case.asked is not None:
                await conversation.bring_to(case.asked)
            before = slots_of(conversation.state, cipher=self._cipher)
            began = time.perf_counter()
            result = await conversation.say(case.text)
            seconds = time.perf_counter() - began
        except (AssistantUnavailable, NotAsked) as error:
            return Exchange(failure=str(error))
        after = slots_of(conversation.state, cipher=self._cipher)
        return Exchange(result.replies, result.understanding, before, after, seconds)


class _Conversation:
    """Turns of one conversation."""

    def __init__(self, client: AssistantClient) -> None:
        self._client = client
        self._id = str(uuid.uuid4())
        self._turns = 0
        self.state: bytes | None = None
        """The dialogue state that the last turn left, sealed."""

    async def say(self, text: str) -> TurnResult:
        return await self._turn(text=text, payload=None)

    async def bring_to(self, question: str) -> None:
        """Begin the screening and answer it up to a question."""
        payload = BEGIN_SCREENING
        for _ in range(_MOST_QUESTIONS):
            result = await self._turn(text=None, payload=payload)
            put = question_put(result.replies)
            if put == question:
                return
            if put is None:
                break
            payload = answer_payload(put, ON_THE_WAY.get(put, SKIPPED))
        raise NotAsked(f"the question {question} was not reached")

    async def _turn(self, *, text: str | None, payload: str | None) -> TurnResult:
        self._turns += 1
        # Not a number: that would be a stored message's.
        turn_id = f"turn-{self._turns}"
        result = await self._client.turn(
            conversation_id=self._id,
            turn_id=turn_id,
            channel=CHANNEL,
            text=text,
            payload=payload,
            dialogue_state=self.state,
        )
        self.state = result.dialogue_state
        return result


def question_put(replies: Sequence[Reply]) -> str | None:
    """The question that the replies end with, or None when they end otherwise."""
    return replies[-1].topic if replies and replies[-1].kind == "question" else None
