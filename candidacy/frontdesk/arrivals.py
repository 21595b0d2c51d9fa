"""Tells those who wait for a conversation's messages that there are new ones.

Messages of this process are announced at once, and so are those of other processes (another front desk, the staff
console) where the database tells of them. Else they are found by one look at it a second, for all who wait together.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog

from candidacy.frontdesk.listener import Listener
from candidacy.records.database import Database
from candidacy.records.news import News, conversations_with_news
from candidacy.web.transactions import read

POLL_SECONDS = 1.0
TOLD_POLL_SECONDS = 5.0
"""How often to look where the database tells of what other processes wrote: only for what it could not tell."""

log = structlog.get_logger(__name__)


class Arrivals:
    """Who waits for which conversation.

    Args:
        database: looked at for messages of other processes.
        poll_seconds: how often; by default as the database needs it.
    """

    def __init__(self, *, database: Database, poll_seconds: float | None = None) -> None:
        self._database = database
        self._poll_seconds = poll_seconds or (TOLD_POLL_SECONDS if database.has_wake_ups else POLL_SECONDS)
        self._look_now = asyncio.Event()
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._polling: asyncio.Task[None] | None = None

    @contextmanager
    def listen(self, conversation_id: str, *, after: int) -> Iterator[Listener]:
        """Wait for the messages of a conversation after a position, for as long as the context lasts."""
        listener = Listener(conversation_id=conversation_id, position=after)
        self._listeners[conversation_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[conversation_id].discard(listener)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    @property
    def listening(self) -> int:
        """How many are waiting now."""
        return sum(len(listeners) for listeners in self._listeners.values())

    def followed_from(self, conversation_id: str) -> int | None:
        """The position after which somebody waits for a conversation's messages; None where nobody does."""
        listeners = self._listeners.get(conversation_id)
        return min(listener.position for listener in listeners) if listeners else None

    def announce(self, conversation_id: str, news: News | None = None) -> None:
        """Say that a conversation has something new; to be called after it is stored.

        Args:
            conversation_id: the conversation.
            news: what is new after `followed_from`, read in the transaction that stored it.
        """
        for listener in self._listeners.get(conversation_id, ()):
            listener.tell(news)

    def look_soon(self) -> None:
        """Have it looked for messages of other processes now."""
        self._look_now.set()

    def start(self) -> None:
        """Begin to look for messages of other processes."""
        self._polling = asyncio.create_task(self._poll())

    async def stop(self) -> None:
        """Stop looking."""
        if self._polling is None:
            return
        self._polling.cancel()
        with suppress(asyncio.CancelledError):
            await self._polling

    async def _poll(self) -> None:
        while True:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._look_now.wait(), self._poll_seconds)
            self._look_now.clear()
            try:
                await self.look()
            except Exception as error:
                # The next look may succeed, and the streams must outlive a database that is away for a while.
                log.warning("arrivals.not_looked", reason=type(error).__name__)

    async def look(self) -> None:
        """Announce the conversations in which some listener has not been given everything."""
        waiting = {
            conversation_id: min(listener.position for listener in listeners)
            for conversation_id, listeners in self._listeners.items()
        }
        if not waiting:
            return
        for conversation_id in await read(self._database, conversations_with_news, waiting=waiting):
            self.announce(conversation_id)
