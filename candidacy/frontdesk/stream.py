"""A conversation's messages as they come, and signals about what goes on beside them.

Every message is read from the database by its position after the last one sent, before and after the stream has
caught up alike: by the stream, or by the transaction that stored it. So nothing falls between the two, and nothing
comes twice. Signals carry no id: they move no position,
and a client that never sees them misses no message.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import anyio
import structlog
from sse_starlette import JSONServerSentEvent, ServerSentEvent

from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.listener import Listener
from candidacy.frontdesk.message_json import message_json
from candidacy.records.database import Database
from candidacy.records.news import News, read_news
from candidacy.web.transactions import RecordsUnavailable, read

UNREAD_PAUSE_SECONDS = 5.0
"""How long to wait at most before the database is asked again that could not be read."""

BATCH_LENGTH = 10
"""The most events that are sent at once: a slow client has the server's patience for each batch."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class StreamParts:
    """What every stream needs."""

    database: Database
    arrivals: Arrivals
    numbers: Mapping[str, str]
    now: Callable[[], datetime]


async def event_batches(
    parts: StreamParts, *, conversation_id: str, after: int, signals: bool, closing: anyio.Event
) -> AsyncGenerator[list[ServerSentEvent], None]:
    """Each message after a position, until the session is over or the server closes; the event's id is the message's.

    What is there at the same time comes together, `BATCH_LENGTH` events at most.

    Args:
        parts: what every stream needs.
        conversation_id: the conversation.
        after: the last message that is known already.
        signals: whether to send the events `working` and `session` too.
        closing: set when the server closes; whoever sets it announces the conversation, to wake a waiting stream.
    """
    working = False
    with parts.arrivals.listen(conversation_id, after=after) as listener:
        while not closing.is_set():
            # What is announced after this is taken, or looked for, the next time.
            news = listener.take() or await _look(listener, database=parts.database)
            if news is None:
                await _wait(listener, seconds=UNREAD_PAUSE_SECONDS)
                continue
            events: list[ServerSentEvent] = [
                JSONServerSentEvent(message_json(view, numbers=parts.numbers, live=news.live), id=str(view.id))
                for view in news.messages
                if view.id > listener.position
            ]
            listener.position = max(listener.position, news.last)
            up_to_date = not news.more and not listener.news.is_set()
            if up_to_date and signals and news.working is not working:
                working = news.working
                events.append(JSONServerSentEvent({"working": working}, event="working"))
            over = _over(news, now=parts.now()) if up_to_date else None
            if over is not None and signals:
                events.append(JSONServerSentEvent({"state": over}, event="session"))
            for start in range(0, len(events), BATCH_LENGTH):
                yield events[start : start + BATCH_LENGTH]
            if over is not None:
                return
            if up_to_date:
                await _wait(listener, seconds=_seconds_left(news, now=parts.now()))


async def _wait(listener: Listener, *, seconds: float | None) -> None:
    """Wait for news, for so long at most; without a limit, for as long as it takes."""
    if seconds is None:
        await listener.news.wait()
        return
    over = asyncio.get_running_loop().call_later(max(0.0, seconds), listener.news.set)
    try:
        await listener.news.wait()
    finally:
        over.cancel()


def _over(news: News, *, now: datetime) -> str | None:
    """How the session ended, or None while it lasts."""
    if news.ended:
        return "ended"
    return "expired" if news.expires_at is not None and news.expires_at <= now else None


def _seconds_left(news: News, *, now: datetime) -> float | None:
    """How long the session still lasts; None where it has no end."""
    return None if news.expires_at is None else (news.expires_at - now).total_seconds()


async def _look(listener: Listener, *, database: Database) -> News | None:
    try:
        return await read(database, read_news, conversation_id=listener.conversation_id, position=listener.position)
    except RecordsUnavailable as error:
        # The stream stays, and goes on when the database is back.
        log.warning("events.not_read", conversation=listener.conversation_id, reason=str(error))
        return None
