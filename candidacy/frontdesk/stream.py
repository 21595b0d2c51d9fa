"""A conversation's messages as they come, and signals about what goes on beside them.

Every message is read from the database by its position after the last one sent, before and after the stream has
caught up alike: by the stream, or by the transaction that stored it. So nothing falls between the two, and nothing
comes twice. Signals carry no id: they move no position,
and a client that never sees them misses no message.
"""

from collections.abc import AsyncIterator, Callable, Mapping
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

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class StreamParts:
    """What every stream needs."""

    database: Database
    arrivals: Arrivals
    numbers: Mapping[str, str]
    now: Callable[[], datetime]


async def message_events(
    parts: StreamParts, *, conversation_id: str, after: int, signals: bool, closing: anyio.Event
) -> AsyncIterator[ServerSentEvent]:
    """Each message after a position, until the session is over or the server closes; the event's id is the message's.

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
            for view in news.messages:
                if view.id <= listener.position:
                    continue
                yield JSONServerSentEvent(message_json(view, numbers=parts.numbers, live=news.live), id=str(view.id))
                listener.position = view.id
            if news.more or listener.news.is_set():
                continue
            if signals and news.working is not working:
                working = news.working
                yield JSONServerSentEvent({"working": working}, event="working")
            over = _over(news, now=parts.now())
            if over is not None:
                if signals:
                    yield JSONServerSentEvent({"state": over}, event="session")
                return
            await _wait(listener, seconds=_seconds_left(news, now=parts.now()))


async def _wait(listener: Listener, *, seconds: float | None) -> None:
    """Wait for news, for so long at most; without a limit, for as long as it takes."""
    with anyio.move_on_after(seconds):
        await listener.news.wait()


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
