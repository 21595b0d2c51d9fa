"""The turn runner: has every stored message answered, in order, once, also after a crash.

A message that nothing is in the way of is claimed for the length of a lease by who stores it, in the same transaction,
and brought here. Of the others it claims a conversation's oldest unanswered one. It has it answered, and stores the
replies and the end of the turn in one transaction. A process that dies leaves a lease that runs out, and the message
is claimed again: the assistant answers it again from the dialogue state that it was first answered from.
"""

import asyncio
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import structlog
from sqlalchemy.orm import Session

from candidacy.assistant.client import TurnResult
from candidacy.frontdesk.dispatcher import POLL_SECONDS, Dispatcher, Ending
from candidacy.records.database import Database
from candidacy.records.delivery import delivery_state
from candidacy.records.messages import is_turn_owed
from candidacy.records.news import News, news_of_turn, read_news
from candidacy.records.turn import Taker, Turn
from candidacy.records.turns import claim_turn, extend_lease, finish_turn, release_turn
from candidacy.web.transactions import RecordsUnavailable, write

LEASE = timedelta(seconds=5)
"""How long a message waits when the process that answers it dies: a busy database (3 s) and a missed renewal."""

LEASE_RENEWAL_SECONDS = 1.0
"""How often a living process renews the lease of a turn under way."""

FINISH_TRIES = 5
"""How often an answered turn's end is written while the database is busy or away: to have it answered again would have
its actions run again. Each try waits by itself, up to 8 s."""

FINISH_PAUSE_SECONDS = 0.5
"""How long between two of them."""

WORKERS = 16

TOLD_POLL_SECONDS = 2.0
"""How often to look for turns where the database tells of new messages: leases that ran out are found by looking."""

Outcome = TypeVar("Outcome")

log = structlog.get_logger(__name__)


class Answers(Protocol):
    """Finds the words for a message; see `candidacy.frontdesk.answering.Answering`."""

    async def answer(self, turn: Turn) -> TurnResult:
        """The replies to a visitor's message."""

    async def answer_alone(self, turn: Turn, *, reason: str) -> TurnResult:
        """The front desk's own words to a message."""


class TurnRunner:
    """Answers messages, many conversations at once.

    Args:
        database: where the messages are.
        answering: finds the words.
        followed_from: says after which position of a conversation somebody waits for messages, or None.
        announce: told the conversation's id when its replies are stored, and what is new in it if somebody waits.
        now: the present, aware of its time zone.
        workers: how many turns may be under way at once.
        poll_seconds: how long to wait when nothing wakes the runner; by default as the database needs it.
    """

    def __init__(
        self,
        *,
        database: Database,
        answering: Answers,
        announce: Callable[[str, News | None], None],
        now: Callable[[], datetime],
        followed_from: Callable[[str], int | None] = lambda _: None,
        workers: int = WORKERS,
        poll_seconds: float | None = None,
    ) -> None:
        self._database = database
        self._answering = answering
        self._announce = announce
        self._followed_from = followed_from
        self._now = now
        self._owner = uuid.uuid4().hex
        self._lease = LEASE
        self._dispatcher = Dispatcher(
            "turns",
            claim=self._claim,
            work=self._run,
            workers=workers,
            poll_seconds=poll_seconds or (TOLD_POLL_SECONDS if database.has_wake_ups else POLL_SECONDS),
        )

    def start(self) -> None:
        """Begin to answer, first what was left unanswered."""
        self._dispatcher.start()

    def wake(self) -> None:
        """Say that a message was stored."""
        self._dispatcher.wake()

    @contextmanager
    def kept_worker(self) -> Iterator[Taker | None]:
        """Keep a worker for a message that is stored while the context lasts; None where none is free.

        Who stores it with the taker gets its turn, if nothing is in the way, and is to `begin` it within the context.
        """
        with self._dispatcher.kept_worker() as kept:
            yield Taker(owner=self._owner, lease=self._lease, now=self._now) if kept else None

    def begin(self, turn: Turn) -> None:
        """Have a turn answered that was taken with the taker of `kept_worker`."""
        self._dispatcher.begin(turn)

    async def stop(self, *, grace_seconds: float) -> None:
        """Take no more turns, give those under way some time, and give the rest back for others to take."""
        await self._dispatcher.stop(grace_seconds=grace_seconds)

    async def _claim(self) -> Turn | None:
        return await write(self._database, _at_present(claim_turn, self._now), owner=self._owner, lease=self._lease)

    async def _run(self, turn: Turn) -> Ending:
        """One turn from its claim to its end; a turn that could not be ended is given back, for the next poll."""
        ending = Ending.NOT_DONE
        renewing = asyncio.create_task(self._renew(turn))
        try:
            ending = await self._answer_and_finish(turn)
        except Exception as error:
            log.error(
                "turn.not_finished",
                conversation=turn.conversation_id,
                turn=turn.message_id,
                attempts=turn.attempts,
                reason=type(error).__name__,
            )
        finally:
            renewing.cancel()
            if ending is Ending.NOT_DONE:
                await self._give_back(turn)
        return ending

    async def _renew(self, turn: Turn) -> None:
        """Keep the lease while the turn is under way."""
        while True:
            await asyncio.sleep(LEASE_RENEWAL_SECONDS)
            with suppress(RecordsUnavailable):
                extend = _at_present(extend_lease, self._now)
                await write(self._database, extend, turn=turn, owner=self._owner, lease=self._lease)

    async def _answer_and_finish(self, turn: Turn) -> Ending:
        result = await self._answering.answer(turn)
        try:
            return await self._finish_in_the_end(turn, result)
        except RecordsUnavailable:
            raise
        except Exception as error:
            # These replies cannot be stored, however often it is tried; the visitor still gets words.
            reason = f"unstorable {type(error).__name__}"
            return await self._finish(turn, await self._answering.answer_alone(turn, reason=reason))

    async def _finish_in_the_end(self, turn: Turn, result: TurnResult) -> Ending:
        """Finish a turn whose end cannot be written at once; raises RecordsUnavailable when it never can."""
        for _ in range(FINISH_TRIES - 1):
            with suppress(RecordsUnavailable):
                return await self._finish(turn, result)
            log.warning("turn.finish_waits", conversation=turn.conversation_id, turn=turn.message_id)
            await asyncio.sleep(FINISH_PAUSE_SECONDS)
        return await self._finish(turn, result)

    async def _finish(self, turn: Turn, result: TurnResult) -> Ending:
        ended = await write(
            self._database,
            _finish,
            turn=turn,
            owner=self._owner,
            replies=result.replies,
            understanding=result.understanding,
            dialogue_state=result.dialogue_state,
            delivery_state=delivery_state(turn.channel),
            now=self._now(),
            followed_from=self._followed_from(turn.conversation_id),
        )
        if ended is None:
            log.warning("turn.lease_lost", conversation=turn.conversation_id, turn=turn.message_id)
            return Ending.DONE
        self._announce(turn.conversation_id, ended.news)
        return Ending.MORE if ended.is_next_owed else Ending.DONE

    async def _give_back(self, turn: Turn) -> None:
        try:
            await write(self._database, release_turn, turn=turn, owner=self._owner)
        except Exception as error:
            log.warning("turn.not_released", conversation=turn.conversation_id, reason=type(error).__name__)


def _at_present(work: Callable[..., Outcome], now: Callable[[], datetime]) -> Callable[..., Outcome]:
    """Work of a transaction with the time when it begins: before that it may wait, while leases go on."""

    def begun(session: Session, /, **options: Any) -> Outcome:
        return work(session, now=now(), **options)

    return begun


@dataclass(frozen=True)
class _Ended:
    """A turn that was finished: whether the conversation's next message waited for that, and what is new."""

    is_next_owed: bool
    news: News | None


def _finish(session: Session, /, *, turn: Turn, followed_from: int | None, **options: Any) -> _Ended | None:
    """Finish a turn; None when its lease was lost."""
    finished = finish_turn(session, turn=turn, **options)
    if finished is None:
        return None
    owed = is_turn_owed(session, conversation_id=turn.conversation_id)
    # Where nothing was said, whoever follows has nothing to take, and looks how the conversation stands.
    if followed_from is None or not finished.said:
        return _Ended(is_next_owed=owed, news=None)
    if followed_from == finished.conversation.last_position:
        return _Ended(is_next_owed=owed, news=news_of_turn(finished, owed=owed))
    return _Ended(
        is_next_owed=owed, news=read_news(session, conversation_id=turn.conversation_id, position=followed_from)
    )
