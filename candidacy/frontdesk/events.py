"""GET /api/chat/events: a conversation's messages as server-sent events."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from candidacy.frontdesk.admission import admit_address
from candidacy.frontdesk.authentication import authenticated_session
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.messages import read_position
from candidacy.frontdesk.stream import StreamParts, event_batches

PING_SECONDS = 15
"""How often a silent stream says that it lives; proxies commonly cut after 30 to 60 silent seconds."""

SEND_TIMEOUT_SECONDS = 30.0
"""After so long a client that takes nothing is gone."""

CLOSING_GRACE_SECONDS = 1.0
"""How long a stream may take to end properly when the server stops."""

SIGNALS = {"true": True, "false": False}


async def events(request: Request, *, desk: Desk) -> Response:
    """GET /api/chat/events: the messages after ``Last-Event-ID``, or else after ``?after=``, and all that follow."""
    admit_address(request, desk=desk)
    visitor = await authenticated_session(request, desk=desk)
    after = resume_position(last_event_id=request.headers.get("last-event-id"), after=request.query_params.get("after"))
    signals = read_signals(request.query_params.get("signals"))
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    closing = anyio.Event()

    async def wake_when_closing() -> None:
        await closing.wait()
        desk.arrivals.announce(visitor.conversation_id)

    return EventSourceResponse(
        _encoded(
            event_batches(
                StreamParts(database=desk.database, arrivals=desk.arrivals, numbers=desk.numbers, now=desk.now),
                conversation_id=visitor.conversation_id,
                after=after,
                signals=signals,
                closing=closing,
            )
        ),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(comment="ping"),
        send_timeout=SEND_TIMEOUT_SECONDS,
        data_sender_callable=wake_when_closing,
        shutdown_event=closing,
        shutdown_grace_period=CLOSING_GRACE_SECONDS,
    )


async def _encoded(batches: AsyncGenerator[list[ServerSentEvent], None]) -> AsyncIterator[bytes]:
    """Each batch as it goes over the wire."""
    async with aclosing(batches):
        async for batch in batches:
            yield b"".join(event.encode() for event in batch)


def resume_position(*, last_event_id: str | None, after: str | None) -> int:
    """Where the stream goes on. A browser that reconnects repeats the address, so its header is the newer word.

    Raises:
        ApiError: 400, either is given and is no message id.
    """
    position = read_position(after, name="after")
    return position if last_event_id is None else read_position(last_event_id, name="Last-Event-ID")


def read_signals(value: str | None) -> bool:
    """Whether the client asks for signals beside the messages; raises ApiError 400 when it says neither."""
    if value is None:
        return False
    if value not in SIGNALS:
        raise ApiError(400, "invalid_signals", "signals must be true or false.")
    return SIGNALS[value]
