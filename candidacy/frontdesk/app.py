"""Puts the front desk together: its addresses, what guards them, and what runs beside them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Mount, Route

from candidacy.assistant.texts import Texts
from candidacy.casework.call_back_rules import load_call_back_rules
from candidacy.clinic import callable_numbers
from candidacy.frontdesk.answering import Answering, Assistant
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.configuration import configuration
from candidacy.frontdesk.danger import RedFlags
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.elsewhere import Elsewhere
from candidacy.frontdesk.errors import (
    ApiError,
    error_response,
    handle_api_error,
    handle_http_exception,
    records_unavailable_handler,
)
from candidacy.frontdesk.events import events
from candidacy.frontdesk.health import healthz, readyz
from candidacy.frontdesk.home import home, openapi
from candidacy.frontdesk.known_tokens import KnownTokens
from candidacy.frontdesk.limits import Limits, rates
from candidacy.frontdesk.messages import messages
from candidacy.frontdesk.origins import ForeignOriginMiddleware
from candidacy.frontdesk.remembered_red_flags import RememberedRedFlags
from candidacy.frontdesk.responses import require_responses
from candidacy.frontdesk.sessions import create_session, extend, session
from candidacy.frontdesk.sms.channel import TextChannel, text_desk
from candidacy.frontdesk.sms.twilio_sender import Sender, TwilioSender
from candidacy.frontdesk.turns import Answers, TurnRunner
from candidacy.frontdesk.visitor_words import not_received
from candidacy.frontdesk.waiting import LOOK_SECONDS, WaitingRoom
from candidacy.frontdesk.widget_files import WIDGET_FOLDER, WidgetFiles
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.news import News
from candidacy.settings import Settings
from candidacy.web.periodic import Periodic
from candidacy.web.security_headers import SecurityHeadersMiddleware
from candidacy.web.transactions import RecordsUnavailable
from candidacy.web.unexpected_errors import UnexpectedErrorMiddleware

REPLY_MARGIN_SECONDS = 0.4
"""How much longer than Rasa's own limit the front desk waits, so that no reply which Rasa kept is missed."""

PREFLIGHT_SECONDS = 600
"""How long a browser may remember what a page of another origin may send."""

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Of every response that has not chosen its own."""

STOP_GRACE_SECONDS = 1.5
"""How long turns under way may take to end when the front desk stops."""


def utc_now() -> datetime:
    """The present."""
    return datetime.now(timezone.utc)


def create_app(
    *,
    settings: Settings,
    database: Database,
    assistant: Assistant,
    texts: Texts,
    red_flags: RedFlags,
    now: Callable[[], datetime] = utc_now,
    widget: Path = WIDGET_FOLDER,
    cipher: Cipher | None = None,
    sender: Sender | None = None,
) -> Starlette:
    """The front desk as an ASGI app; it answers messages while its lifespan lasts, and closes the assistant after.

    Args:
        settings: the settings.
        database: the records.
        assistant: finds the words.
        texts: the front desk's own words.
        red_flags: recognises danger.
        now: the present.
        widget: the folder of the files that web pages load.
        cipher: encrypts telephone numbers; needed where text messages are set up, and else not wanted.
        sender: hands texts to Twilio; by default Twilio's own client.

    Raises:
        ValueError: a text that the front desk must be able to say is missing.
    """
    require_responses(texts)
    remembered = RememberedRedFlags(red_flags)
    limits = Limits(rates(settings))
    channel = _text_channel(
        settings=settings,
        database=database,
        cipher=cipher,
        sender=sender,
        texts=texts,
        red_flags=remembered,
        limits=limits,
        now=now,
    )
    answering: Answers = Answering(
        assistant=assistant,
        texts=texts,
        red_flags=remembered,
        turn_timeout_seconds=settings.turn_timeout_seconds + REPLY_MARGIN_SECONDS,
    )
    arrivals = Arrivals(database=database)

    def announce(conversation_id: str, news: News | None = None) -> None:
        arrivals.announce(conversation_id, news)
        if channel is not None:
            channel.something_said()

    runner = TurnRunner(
        database=database,
        answering=answering if channel is None else channel.answering(answering),
        announce=announce,
        followed_from=arrivals.followed_from,
        now=now,
    )
    numbers = callable_numbers(settings)
    desk = Desk(
        settings=settings,
        database=database,
        assistant=assistant,
        texts=texts,
        red_flags=red_flags,
        arrivals=arrivals,
        runner=runner,
        elsewhere=Elsewhere(database=database, arrivals=arrivals, runner=runner, announce=announce),
        waiting=_waiting(settings, database=database, texts=texts, announce=announce, now=now),
        limits=limits,
        known_tokens=KnownTokens(),
        refused_limiter=anyio.CapacityLimiter(1),
        not_received=not_received(texts=texts, numbers=numbers),
        numbers=numbers,
        proxies=settings.proxies,
        widget=widget,
        now=now,
    )
    return _serve(desk, channel)


def _waiting(
    settings: Settings,
    *,
    database: Database,
    texts: Texts,
    announce: Callable[[str], None],
    now: Callable[[], datetime],
) -> Periodic:
    room = WaitingRoom(
        database=database,
        texts=texts,
        call_backs=load_call_back_rules(hours=settings.hours, timezone=settings.timezone),
        patience=timedelta(minutes=settings.waiting_minutes),
        announce=announce,
        now=now,
    )
    return Periodic(room.look, name="waiting", seconds=LOOK_SECONDS)


def _text_channel(
    *,
    settings: Settings,
    database: Database,
    cipher: Cipher | None,
    sender: Sender | None,
    texts: Texts,
    red_flags: RedFlags,
    limits: Limits,
    now: Callable[[], datetime],
) -> TextChannel | None:
    """The channel of text messages, where it is set up and there is a cipher for its numbers."""
    texting = settings.texting
    if texting is None or cipher is None:
        return None
    desk = text_desk(
        texting=texting,
        database=database,
        cipher=cipher,
        texts=texts,
        red_flags=red_flags,
        limits=limits,
        now=now,
    )
    return TextChannel(desk=desk, sender=sender or TwilioSender.of(texting))


def _serve(desk: Desk, channel: TextChannel | None) -> Starlette:
    app = Starlette(
        routes=[*_routes(desk), *(channel.routes(desk) if channel else ())],
        middleware=_middleware(desk),
        exception_handlers={
            ApiError: handle_api_error,
            HTTPException: handle_http_exception,
            RecordsUnavailable: records_unavailable_handler(desk.not_received),
        },
        lifespan=_lifespan(desk, channel),
    )
    # An address is what the description says; a redirect would lose a message on its way.
    app.router.redirect_slashes = False
    return app


def _routes(desk: Desk) -> list[BaseRoute]:
    return [
        Route("/api/chat/configuration", partial(configuration, desk=desk), methods=["GET"]),
        Route("/api/chat/sessions", partial(create_session, desk=desk), methods=["POST"]),
        Route("/api/chat/session", partial(session, desk=desk), methods=["GET", "DELETE"]),
        Route("/api/chat/session/extend", partial(extend, desk=desk), methods=["POST"]),
        Route("/api/chat/messages", partial(messages, desk=desk), methods=["GET", "POST"]),
        Route("/api/chat/events", partial(events, desk=desk), methods=["GET"]),
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", partial(readyz, desk=desk), methods=["GET"]),
        Route("/openapi.json", partial(openapi, desk=desk), methods=["GET"]),
        Mount("/widget", WidgetFiles(directory=desk.widget, check_dir=False)),
        Route("/", partial(home, desk=desk), methods=["GET"]),
    ]


def _middleware(desk: Desk) -> list[Middleware]:
    return [
        Middleware(SecurityHeadersMiddleware, headers=SECURITY_HEADERS),
        Middleware(
            CORSMiddleware,
            allow_origins=desk.settings.origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Retry-After", "WWW-Authenticate"],
            max_age=PREFLIGHT_SECONDS,
        ),
        Middleware(ForeignOriginMiddleware, allowed=desk.settings.origins),
        Middleware(UnexpectedErrorMiddleware, answer=partial(error_response, 500, "internal_error", desk.not_received)),
    ]


def _lifespan(desk: Desk, channel: TextChannel | None) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.arrivals.start()
        desk.runner.start()
        desk.elsewhere.start()
        if channel is not None:
            channel.start(desk)
        desk.waiting.start()
        try:
            yield
        finally:
            await desk.waiting.stop()
            await desk.elsewhere.stop()
            await desk.runner.stop(grace_seconds=STOP_GRACE_SECONDS)
            if channel is not None:
                await channel.stop(grace_seconds=STOP_GRACE_SECONDS)
            await desk.arrivals.stop()
            await desk.assistant.close()

    return lifespan
