"""Makes of the words for a message what may be texted: not twice the same advice, and no screening without consent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from candidacy.assistant.client import TurnResult
from candidacy.assistant.reply import Reply
from candidacy.casework.custody import PERSON
from candidacy.dialogue.danger import LEVELS as DANGER_LEVELS
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.frontdesk.turns import Answers
from candidacy.records.sms.texters import CHANNEL, advice_given, consent_state_of
from candidacy.records.turn import Turn
from candidacy.sms.consent import ConsentState, before_screening
from candidacy.web.transactions import read

ASKING_KINDS = frozenset({"question", "confirm", "summary"})


@dataclass(frozen=True)
class Standing:
    """How things stand with a message that is answered.

    Attributes:
        advised: the most pressing danger advice that it was given at its reception.
        consent: how far it is with its sender's consent.
    """

    advised: str | None
    consent: ConsentState


@dataclass(frozen=True)
class TextAnswering:
    """Finds the words as the front desk does, and fits them to texts where the message was one."""

    answering: Answers
    desk: TextDesk

    async def answer(self, turn: Turn) -> TurnResult:
        """The replies to a message; none where all was said before."""
        return await self._fitted(turn, await self.answering.answer(turn))

    async def answer_alone(self, turn: Turn, *, reason: str) -> TurnResult:
        """The front desk's own words to a message."""
        return await self._fitted(turn, await self.answering.answer_alone(turn, reason=reason))

    async def _fitted(self, turn: Turn, result: TurnResult) -> TurnResult:
        if turn.channel != CHANNEL:
            return result
        standing = await read(self.desk.database, _standing, turn=turn)
        replies = not_said_again(result.replies, advised=standing.advised)
        if turn.state == PERSON:
            return replace(result, replies=replies)
        first = [self.desk.words(name) for name in before_screening(standing.consent)]
        if first:
            replies = asked_first(replies, questions=self.desk.screening_questions, first=first)
        after = [self.desk.words(name) for name in turn.said_after]
        return replace(result, replies=(*replies, *after))


def not_said_again(replies: Sequence[Reply], *, advised: str | None) -> tuple[Reply, ...]:
    """The replies without danger advice that is no more pressing than what was given already."""
    if advised is None:
        return tuple(replies)
    more_pressing = DANGER_LEVELS[: DANGER_LEVELS.index(advised)]
    return tuple(reply for reply in replies if reply.kind not in DANGER_LEVELS or reply.kind in more_pressing)


def asked_first(replies: Sequence[Reply], *, questions: Collection[str], first: Sequence[Reply]) -> tuple[Reply, ...]:
    """The replies, with what must be asked first where a screening asks something."""
    kept = tuple(reply for reply in replies if not (reply.kind in ASKING_KINDS and reply.topic in questions))
    return kept if len(kept) == len(replies) else (*kept, *first)


def _standing(session: Session, *, turn: Turn) -> Standing:
    state = consent_state_of(session, conversation_id=turn.conversation_id)
    return Standing(
        advised=advice_given(session, message_id=turn.message_id),
        consent=ConsentState.NEW if state is None else ConsentState(state),
    )
