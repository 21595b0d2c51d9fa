"""Puts the front desk together: its addresses, what guards them, and what runs beside them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timezone
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from candidacy.assistant.texts import Texts
from candidacy.clinic import callable_numbers
from candidacy.frontdesk.answering import Answering, Assistant, RedFlags
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import (
    ApiError,
    handle_api_error,
    handle_http_exception,
    records_unavailable_handler,
)
from candidacy.frontdesk.events import events
from candidacy.frontdesk.health import healthz, readyz
from candidacy.frontdesk.home import home, openapi
from candidacy.frontdesk.messages import messages
from candidacy.frontdesk.responses import require_responses
from candidacy.frontdesk.security_headers import SecurityHeadersMiddleware
from candidacy.frontdesk.sessions import create_session
from candidacy.frontdesk.transactions import RecordsUnavailable
from candidacy.frontdesk.turns import TurnRunner
from candidacy.frontdesk.unexpected_errors import UnexpectedErrorMiddleware
from candidacy.records.database import Database
from candidacy.settings import Settings

REPLY_MARGIN_SECONDS = 0.4
"""How much longer than Rasa's own limit the front desk waits, so that no reply which Rasa kept is missed."""

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
) -> Starlette:
    """The front desk as an ASGI app; it answers messages while its lifespan lasts, and closes the assistant after.

    Raises:
        ValueError: a text that the front desk must be able to say is missing.
    """
    require_responses(texts)
    answering = Answering(
        assistant=assistant,
        texts=texts,
        red_flags=red_flags,
        turn_timeout_seconds=settings.turn_timeout_seconds + REPLY_MARGIN_SECONDS,
    )
    arrivals = Arrivals(database=database)
    desk = Desk(
        settings=settings,
        database=database,
        assistant=assistant,
        texts=texts,
        arrivals=arrivals,
        runner=TurnRunner(database=database, answering=answering, announce=arrivals.announce, now=now),
        numbers=callable_numbers(settings),
        now=now,
    )
    return _serve(desk)


def _serve(desk: Desk) -> Starlette:
    app = Starlette(
        routes=_routes(desk),
        middleware=_middleware(desk),
        exception_handlers={
            ApiError: handle_api_error,
            HTTPException: handle_http_exception,
            RecordsUnavailable: records_unavailable_handler(desk.texts),
        },
        lifespan=_lifespan(desk),
    )
    # An address is what the description says; a redirect would lose a message on its way.
    app.router.redirect_slashes = False
    return app


def _routes(desk: Desk) -> list[Route]:
    return [
        Route("/api/chat/sessions", partial(create_session, desk=desk), methods=["POST"]),
        Route("/api/chat/messages", partial(messages, desk=desk), methods=["GET", "POST"]),
        Route("/api/chat/events", partial(events, desk=desk), methods=["GET"]),
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", partial(readyz, desk=desk), methods=["GET"]),
        Route("/openapi.json", partial(openapi, desk=desk), methods=["GET"]),
        Route("/", partial(home, desk=desk), methods=["GET"]),
    ]


def _middleware(desk: Desk) -> list[Middleware]:
    return [
        Middleware(SecurityHeadersMiddleware),
        Middleware(
            CORSMiddleware,
            allow_origins=desk.settings.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Retry-After"],
        ),
        Middleware(UnexpectedErrorMiddleware, texts=desk.texts),
    ]


def _lifespan(desk: Desk) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.arrivals.start()
        desk.runner.start()
        try:
            yield
        finally:
            await desk.runner.stop(grace_seconds=STOP_GRACE_SECONDS)
            await desk.arrivals.stop()
            await desk.assistant.close()

    return lifespan
