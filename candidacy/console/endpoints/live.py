"""What open pages are told as it happens, as server-sent events.

The inbox is told that something changed, first of all on each connection, and reads its lines anew: so it misses
nothing. A transcript gets each message after the last one it has, by position, also after a break.
"""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import anyio
import structlog
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from candidacy.console.conversations.message_line import MessageLine, message_line
from candidacy.console.conversations.news import Listener
from candidacy.console.conversations.opened import conversation_news
from candidacy.console.endpoints.transcript import GONE, conversation_of, subject_of
from candidacy.console.errors import Refusal
from candidacy.console.number_field import read_number
from candidacy.console.staff_request import StaffRequest
from candidacy.web.transactions import RecordsUnavailable

PING_SECONDS = 15
"""How often a silent stream says that it lives; proxies commonly cut after 30 to 60 silent seconds."""
SEND_TIMEOUT_SECONDS = 30.0
"""After so long a page that takes nothing is gone."""
CLOSING_GRACE_SECONDS = 1.0
SESSION_CHECK_SECONDS = 10.0
"""How long a stream may outlive its session; before anything is sent, it is looked at in any case."""

SENDING_SECONDS = 1.0
"""How soon it is looked again whether a text message was sent: that is no change of the conversation."""
QUEUED = "queued"

log = structlog.get_logger(__name__)

Events = AsyncIterator[ServerSentEvent]
Delivery = Mapping[str, Any]
"""How a delivery stands, as a line of the transcript has it."""


async def inbox_events(request: StaffRequest) -> Response:
    """GET /inbox/events: ``changed`` whenever the inbox may have."""

    async def events(closing: anyio.Event) -> Events:
        with request.context.news.listen() as listener:
            while not closing.is_set() and await _is_still_open(request):
                yield ServerSentEvent(event="changed", data="{}")
                while not await _news(listener, closing, SESSION_CHECK_SECONDS) and await _is_still_open(request):
                    pass

    return _stream(request, events)


async def conversation_events(request: StaffRequest) -> Response:
    """GET /conversations/{id}/events?after=: messages after a position, ``standing`` and ``delivery`` as they change.

    A browser that reconnects repeats the address, so its ``Last-Event-ID`` is the newer word.
    """
    conversation_id = conversation_of(request)
    asked = request.http.headers.get("last-event-id") or request.http.query_params.get("after", "")
    after = read_number(asked) or 0
    if await request.read(conversation_news, conversation_id=conversation_id, position=after) is None:
        raise Refusal(404, GONE)
    await request.note(request.entry(subject=subject_of(conversation_id), detail={"after": after}))

    async def events(closing: anyio.Event) -> Events:
        position, standing, deliveries = after, None, dict[int, Delivery]()
        with request.context.news.listen(conversation_id) as listener:
            while not closing.is_set() and await _is_still_open(request):
                news = await _look(request, conversation_id, position)
                for line in news.lines:
                    position = line.position
                    yield ServerSentEvent(json.dumps(asdict(line)), id=str(position))
                if news.standing is not None and news.standing != standing:
                    standing = news.standing
                    yield ServerSentEvent(json.dumps(standing), event="standing")
                for place, delivery in news.deliveries.items():
                    if deliveries.get(place) != delivery:
                        yield ServerSentEvent(json.dumps({"position": place, **delivery}), event="delivery")
                deliveries.update(news.deliveries)
                await _news(listener, closing, SENDING_SECONDS if news.is_sending else SESSION_CHECK_SECONDS)

    return _stream(request, events)


@dataclass(frozen=True)
class _Look:
    lines: tuple[MessageLine, ...] = ()
    standing: Mapping[str, Any] | None = None
    """None where nothing could be read, or there is nothing any more."""
    deliveries: Mapping[int, Delivery] = field(default_factory=dict)
    """Of what was sent to a telephone, by position."""
    is_sending: bool = False
    """Whether something is still to be sent."""


async def _look(request: StaffRequest, conversation_id: str, position: int) -> _Look:
    try:
        news = await request.read(conversation_news, conversation_id=conversation_id, position=position)
    except RecordsUnavailable as error:
        log.warning("live.not_read", conversation=conversation_id, reason=str(error))
        return _Look()
    if news is None:
        return _Look(standing={"state": "gone", "holder": None, "alarming": False})
    pages, header = request.context.pages, news.header
    sent = [message_line(message, labels=pages.labels, written=pages.written) for message in news.sent]
    return _Look(
        lines=tuple(message_line(message, labels=pages.labels, written=pages.written) for message in news.messages),
        standing={"state": header.state, "holder": header.assignee_id, "alarming": header.alarming},
        deliveries={line.position: {"delivery": line.delivery, "undelivered": line.undelivered} for line in sent},
        is_sending=any(message.delivery_state == QUEUED for message in news.sent),
    )


def _stream(request: StaffRequest, events: Callable[[anyio.Event], Events]) -> Response:
    closing = anyio.Event()

    async def wake_when_closing() -> None:
        await closing.wait()
        request.context.news.wake_all()

    return EventSourceResponse(
        events(closing),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(comment="ping"),
        send_timeout=SEND_TIMEOUT_SECONDS,
        data_sender_callable=wake_when_closing,
        shutdown_event=closing,
        shutdown_grace_period=CLOSING_GRACE_SECONDS,
    )


async def _news(listener: Listener, closing: anyio.Event, seconds: float) -> bool:
    """Wait for news, so long at most; whether there is any, or the server closes."""
    with anyio.move_on_after(seconds):
        await listener.news.wait()
    has_news = listener.news.is_set() or closing.is_set()
    # Before the next look: what changes from here on is looked for again.
    listener.news.clear()
    return has_news


async def _is_still_open(request: StaffRequest) -> bool:
    try:
        return await request.is_still_open()
    except RecordsUnavailable as error:
        # Nothing can be read and sent meanwhile, and the stream goes on when the database is back.
        log.warning("live.not_read", reason=str(error))
        return True
