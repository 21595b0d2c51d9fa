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

import structlog

from candidacy.assistant.client import TurnResult
from candidacy.frontdesk.answering import Answering
from candidacy.records.database import Database
from candidacy.records.turns import Turn, claim_turn, extend_lease, finish_turn, release_turn
from candidacy.web.transactions import RecordsUnavailable, write

POLL_SECONDS = 0.5
"""How often to look for messages that another process received, or that a crash left behind."""

LEASE = timedelta(seconds=5)
"""How long a message waits when the process that answers it dies: a busy database (3 s) and a missed renewal."""

LEASE_RENEWAL_SECONDS = 1.0
"""How often a living process renews the lease of a turn under way."""

WORKERS = 16

log = structlog.get_logger(__name__)


class TurnRunner:
    """Answers messages, many conversations at once.

    Args:
        database: where the messages are.
        answering: finds the words.
        announce: told the conversation's id when its replies are stored.
        now: the present, aware of its time zone.
        workers: how many turns may be under way at once.
        poll_seconds: how long to wait when nothing wakes the runner.
    """

    def __init__(
        self,
        *,
        database: Database,
        answering: Answering,
        announce: Callable[[str], None],
        now: Callable[[], datetime],
        workers: int = WORKERS,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._database = database
        self._answering = answering
        self._announce = announce
        self._now = now
        self._workers = workers
        self._poll_seconds = poll_seconds
        self._owner = uuid.uuid4().hex
        self._lease = LEASE
        self._awake = asyncio.Event()
        self._stopping = False
        self._dispatching: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to answer, first what was left unanswered."""
        self._dispatching = asyncio.create_task(self._dispatch())

    def wake(self) -> None:
        """Say that a message was stored."""
        self._awake.set()

    async def stop(self, *, grace_seconds: float) -> None:
        """Take no more turns, give those under way some time, and give the rest back for others to take."""
        self._stopping = True
        self.wake()
        if self._dispatching is not None:
            await self._dispatching
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=grace_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _dispatch(self) -> None:
        while not self._stopping:
            self._awake.clear()
            while not self._stopping and len(self._running) < self._workers:
                turn = await self._claim()
                if turn is None:
                    break
                self._begin(turn)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._awake.wait(), self._poll_seconds)

    def _begin(self, turn: Turn) -> None:
        task = asyncio.create_task(self._run(turn))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _claim(self) -> Turn | None:
        try:
            return await write(self._database, claim_turn, owner=self._owner, now=self._now(), lease=self._lease)
        except Exception as error:
            # The runner outlives whatever ails the database; it looks again after the poll's interval.
            log.warning("turn.not_claimed", reason=type(error).__name__)
            return None

    async def _run(self, turn: Turn) -> None:
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
        if ended:
            # The conversation's next message can be claimed now.
            self.wake()

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
