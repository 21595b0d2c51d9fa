"""Tells pages that are open that a conversation has changed.

One look at the database a second, for all pages together, finds what visitors, the assistant and other processes did,
and how the texts of open transcripts got on; what staff do in this process is announced at once.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from candidacy.records.console.changes import MOST_CHANGES, changed_since
from candidacy.records.console.deliveries import Delivery, deliveries
from candidacy.records.console.inbox import InboxRow
from candidacy.records.database import Database
from candidacy.web.transactions import RecordsUnavailable, read

POLL_SECONDS = 1.0

log = structlog.get_logger(__name__)


@dataclass(eq=False)
class Listener:
    """A page that waits for a conversation to change, or, with None, for any."""

    conversation_id: str | None
    news: asyncio.Event = field(default_factory=asyncio.Event)


class News:
    """Who waits for which conversation.

    Args:
        database: looked at for what changes.
        now: the present.
        poll_seconds: how often it is looked at, while anybody waits.
    """

    def __init__(self, *, database: Database, now: Callable[[], datetime], poll_seconds: float = POLL_SECONDS) -> None:
        self._database = database
        self._now = now
        self._poll_seconds = poll_seconds
        self._listeners: set[Listener] = set()
        self._polling: asyncio.Task[None] | None = None
        self._known: dict[str, tuple[object, ...]] = {}
        self._delivered: dict[str, tuple[Delivery, ...]] = {}
        self._looked_at: datetime | None = None

    @contextmanager
    def listen(self, conversation_id: str | None = None) -> Iterator[Listener]:
        """Wait for changes for as long as the context lasts; the first look of who waits must come after its start."""
        listener = Listener(conversation_id)
        self._listeners.add(listener)
        if self._polling is None:
            self._polling = asyncio.create_task(self._poll())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners and self._polling is not None:
                self._polling.cancel()
                self._polling = self._looked_at = None
                self._known, self._delivered = {}, {}

    def announce(self, *conversation_ids: str) -> None:
        """Wake whoever waits for one of these conversations."""
        self._wake(conversation_ids)

    def wake_all(self) -> None:
        """Wake everybody: the server stops, or nobody can say what changed."""
        for listener in self._listeners:
            listener.news.set()

    def _wake(self, changed: Collection[str]) -> None:
        for listener in self._listeners:
            if changed and (listener.conversation_id is None or listener.conversation_id in changed):
                listener.news.set()

    def _wake_transcripts(self, changed: Collection[str]) -> None:
        """As `_wake`, but not the inbox, whose lines do not say how texts got on."""
        for listener in self._listeners:
            if listener.conversation_id in changed:
                listener.news.set()

    async def _look_at_deliveries(self) -> dict[str, tuple[Delivery, ...]]:
        followed = {one.conversation_id for one in self._listeners if one.conversation_id is not None}
        return await read(self._database, deliveries, conversation_ids=followed) if followed else {}

    async def _poll(self) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await self.look()
                await asyncio.sleep(self._poll_seconds)

    async def look(self) -> None:
        """Look once, and wake those who wait for what has changed."""
        now = self._now()
        try:
            rows = await read(self._database, changed_since, at=self._looked_at or now)
            delivered = await self._look_at_deliveries()
        except RecordsUnavailable as error:
            log.warning("news.not_read", reason=str(error))
            return
        self._looked_at = now
        if len(rows) == MOST_CHANGES:
            self.wake_all()
        self._wake([row.id for row in rows if self._known.get(row.id) != _standing(row)])
        self._wake_transcripts([one for one, texts in delivered.items() if self._delivered.get(one) != texts])
        self._delivered = delivered
        # What is older than the look's overlap does not come again, and need not be remembered.
        self._known = {row.id: _standing(row) for row in rows}


def _standing(row: InboxRow) -> tuple[object, ...]:
    return (row.last_position, row.state, row.assignee_id, row.alarming, row.outcome, row.last_activity_at)
