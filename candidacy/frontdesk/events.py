"""A conversation's messages as server-sent events: what is there, then each new one as it comes.

Every message is read from the database by its position after the last one sent, before and after the stream has
caught up alike. So nothing falls between the two, and nothing comes twice.
"""

from collections.abc import AsyncIterator, Mapping

import anyio
import structlog
from sse_starlette import EventSourceResponse, JSONServerSentEvent, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from candidacy.frontdesk.arrivals import Arrivals, Listener
from candidacy.frontdesk.authentication import authenticated_conversation
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.messages import message_json, read_position
from candidacy.frontdesk.transactions import RecordsUnavailable, read
from candidacy.records.database import Database
from candidacy.records.messages import MessageView, messages_after

PING_SECONDS = 15
"""How often a silent stream says that it lives; proxies commonly cut after 30 to 60 silent seconds."""

SEND_TIMEOUT_SECONDS = 30.0
"""After so long a client that takes nothing is gone."""

CLOSING_GRACE_SECONDS = 1.0
"""How long a stream may take to end properly when the server stops."""

log = structlog.get_logger(__name__)


async def events(request: Request, *, desk: Desk) -> Response:
    """GET /api/chat/events: the messages after ``Last-Event-ID``, or else after ``?after=``, and all that follow."""
    conversation_id = await authenticated_conversation(request, desk=desk)
    after = resume_position(last_event_id=request.headers.get("last-event-id"), after=request.query_params.get("after"))
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    closing = anyio.Event()

    async def wake_when_closing() -> None:
        await closing.wait()
        desk.arrivals.announce(conversation_id)

    return EventSourceResponse(
        message_events(
            conversation_id=conversation_id,
            after=after,
            database=desk.database,
            arrivals=desk.arrivals,
            numbers=desk.numbers,
            closing=closing,
        ),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(comment="ping"),
        send_timeout=SEND_TIMEOUT_SECONDS,
        data_sender_callable=wake_when_closing,
        shutdown_event=closing,
        shutdown_grace_period=CLOSING_GRACE_SECONDS,
    )


def resume_position(*, last_event_id: str | None, after: str | None) -> int:
    """Where the stream goes on. A browser that reconnects repeats the address, so its header is the newer word.

    Raises:
        ApiError: 400, either is given and is no message id.
    """
    position = read_position(after, name="after")
    return position if last_event_id is None else read_position(last_event_id, name="Last-Event-ID")


async def message_events(
    *,
    conversation_id: str,
    after: int,
    database: Database,
    arrivals: Arrivals,
    numbers: Mapping[str, str],
    closing: anyio.Event,
) -> AsyncIterator[ServerSentEvent]:
    """Each message after a position, until the server closes; the event's id is the message's.

    Whoever sets `closing` announces the conversation, so that a waiting stream sees it.
    """
    with arrivals.listen(conversation_id, after=after) as listener:
        while not closing.is_set():
            listener.news.clear()
            page = await _read_page(listener, database=database)
            for view in page:
                yield JSONServerSentEvent(message_json(view, numbers=numbers), id=str(view.id))
                listener.position = view.id
            if not page:
                await listener.news.wait()


async def _read_page(listener: Listener, *, database: Database) -> list[MessageView]:
    try:
        return await read(
            database, messages_after, conversation_id=listener.conversation_id, position=listener.position
        )
    except RecordsUnavailable as error:
        # The stream stays; the next look at the database for arrivals wakes it.
        log.warning("events.not_read", conversation=listener.conversation_id, reason=str(error))
        return []
