"""Puts the console together: its addresses, and what guards them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta, timezone
from functools import partial

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from candidacy.assistant.texts import Texts
from candidacy.casework.canned_replies import load_canned_replies
from candidacy.clinic import clinic_variables
from candidacy.console.access.passwords import Passwords
from candidacy.console.casework_rules import CaseworkRules
from candidacy.console.context import ConsoleContext
from candidacy.console.conversations.news import News
from candidacy.console.cross_site import CrossSiteMiddleware
from candidacy.console.errors import FOREIGN_PAGE, error_page
from candidacy.console.guard import guarded
from candidacy.console.pages import Pages
from candidacy.console.route import ConsoleRoute
from candidacy.console.routes import ROUTES
from candidacy.console.upkeep import LOOK_SECONDS, Upkeep
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.settings import Settings
from candidacy.web.periodic import Periodic
from candidacy.web.security_headers import SecurityHeadersMiddleware
from candidacy.web.unexpected_errors import UnexpectedErrorMiddleware

PASSWORDS_AT_ONCE = 2

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
"""Nothing inline, nothing evaluated, nothing from elsewhere (W3C Content Security Policy Level 3)."""

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not no-referrer: under it, browsers send our own forms with the origin null.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000"}
"""Behind TLS alone (RFC 6797)."""


def utc_now() -> datetime:
    """The present."""
    return datetime.now(timezone.utc)


def create_app(
    *,
    settings: Settings,
    database: Database,
    cipher: Cipher,
    audit_key: bytes,
    texts: Texts,
    passwords: Passwords | None = None,
    now: Callable[[], datetime] = utc_now,
    routes: Sequence[ConsoleRoute] = ROUTES,
) -> Starlette:
    """The console as an ASGI app."""
    context = ConsoleContext(
        settings=settings,
        database=database,
        cipher=cipher,
        audit_key=audit_key,
        passwords=passwords or Passwords(),
        comparing=anyio.CapacityLimiter(PASSWORDS_AT_ONCE),
        pages=Pages(clinic_name=settings.clinic_name, timezone=settings.timezone),
        texts=texts,
        canned_replies=load_canned_replies(clinic_variables(settings)),
        news=News(database=database, now=now),
        rules=CaseworkRules(settings),
        routes=routes,
        now=now,
    )
    app = Starlette(
        routes=[guarded(route, context=context) for route in routes],
        middleware=_middleware(context),
        exception_handlers={HTTPException: _http_error_handler(context.pages)},
        lifespan=_lifespan(context),
    )
    # An address is what the table says; a redirect would lose a form on its way.
    app.router.redirect_slashes = False
    return app


def _lifespan(context: ConsoleContext) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    days = context.settings.retention_days
    upkeep = Upkeep(
        database=context.database,
        retention=timedelta(days=days) if days else None,
        cipher=context.cipher,
        audit_key=context.audit_key,
        now=context.now,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        running = Periodic(upkeep.run, name="upkeep", seconds=LOOK_SECONDS)
        running.start()
        try:
            yield
        finally:
            await running.stop()

    return lifespan


def _middleware(context: ConsoleContext) -> list[Middleware]:
    return [
        Middleware(
            SecurityHeadersMiddleware, headers={**SECURITY_HEADERS, **(STRICT_TRANSPORT if context.secure else {})}
        ),
        Middleware(UnexpectedErrorMiddleware, answer=partial(error_page, context.pages, 500)),
        Middleware(
            CrossSiteMiddleware,
            public_origin=context.settings.console_public_url or None,
            refusal=error_page(context.pages, 403, FOREIGN_PAGE),
        ),
    ]


def _http_error_handler(pages: Pages) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Answer what Starlette itself refuses: an unknown address, a wrong method."""

    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = error_page(pages, error.status_code)
        response.headers.update(error.headers or {})
        return response

    return handle
