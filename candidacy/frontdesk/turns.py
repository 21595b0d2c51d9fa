"""The turn runner: has every stored message answered, in order, once, also after a crash.

It claims a conversation's oldest unanswered message for the length of a lease, has it answered, and stores the
replies and the end of the turn in one transaction. A process that dies leaves a lease that runs out, and the message
is claimed again; the assistant knows a turn by its id and gives the same replies.
"""

import asyncio
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from candidacy.assistant.client import TurnResult
from candidacy.frontdesk.dispatcher import POLL_SECONDS, Dispatcher
from candidacy.records.database import Database
from candidacy.records.delivery import delivery_state
from candidacy.records.turns import Turn, claim_turn, extend_lease, finish_turn, release_turn
from candidacy.web.transactions import RecordsUnavailable, write

LEASE = timedelta(seconds=5)
"""How long a message waits when the process that answers it dies: a busy database (3 s) and a missed renewal."""

LEASE_RENEWAL_SECONDS = 1.0
"""How often a living process renews the lease of a turn under way."""

WORKERS = 16

TOLD_POLL_SECONDS = 2.0
"""How often to look for turns where the database tells of new messages: leases that ran out are found by looking."""

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
        announce: told the conversation's id when its replies are stored.
        now: the present, aware of its time zone.
        workers: how many turns may be under way at once.
        poll_seconds: how long to wait when nothing wakes the runner; by default as the database needs it.
    """

    def __init__(
        self,
        *,
        database: Database,
        answering: Answers,
        announce: Callable[[str], None],
        now: Callable[[], datetime],
        workers: int = WORKERS,
        poll_seconds: float | None = None,
    ) -> None:
        self._database = database
        self._answering = answering
        self._announce = announce
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

    async def stop(self, *, grace_seconds: float) -> None:
        """Take no more turns, give those under way some time, and give the rest back for others to take."""
        await self._dispatcher.stop(grace_seconds=grace_seconds)

    async def _claim(self) -> Turn | None:
        return await write(self._database, claim_turn, owner=self._owner, now=self._now(), lease=self._lease)

    async def _run(self, turn: Turn) -> bool:
        """One turn from its claim to its end; a turn that could not be ended is given back, for the next poll."""
        ended = False
        renewing = asyncio.create_task(self._renew(turn))
        try:
            await self._answer_and_finish(turn)
            ended = True
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
            if not ended:
                await self._give_back(turn)
        # Of an ended one, the conversation's next message can be claimed now.
        return ended

    async def _renew(self, turn: Turn) -> None:
        """Keep the lease while the turn is under way."""
        while True:
            await asyncio.sleep(LEASE_RENEWAL_SECONDS)
            with suppress(RecordsUnavailable):
                await write(
                    self._database, extend_lease, turn=turn, owner=self._owner, now=self._now(), lease=self._lease
                )

    async def _answer_and_finish(self, turn: Turn) -> None:
        result = await self._answering.answer(turn)
        try:
            await self._finish(turn, result)
        except RecordsUnavailable:
            raise
        except Exception as error:
            # These replies cannot be stored, however often it is tried; the visitor still gets words.
            reason = f"unstorable {type(error).__name__}"
            await self._finish(turn, await self._answering.answer_alone(turn, reason=reason))

    async def _finish(self, turn: Turn, result: TurnResult) -> None:
        stored = await write(
            self._database,
            finish_turn,
            turn=turn,
            owner=self._owner,
            replies=result.replies,
            understanding=result.understanding,
            delivery_state=delivery_state(turn.channel),
            now=self._now(),
        )
        if not stored:
            log.warning("turn.lease_lost", conversation=turn.conversation_id, turn=turn.message_id)
            return
        self._announce(turn.conversation_id)

    async def _give_back(self, turn: Turn) -> None:
        try:
            await write(self._database, release_turn, turn=turn, owner=self._owner)
        except Exception as error:
            log.warning("turn.not_released", conversation=turn.conversation_id, reason=type(error).__name__)
