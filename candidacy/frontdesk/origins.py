"""Which web pages may use the chat: the front desk's own, and those on the allow-list."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from candidacy.frontdesk.errors import error_response

GUARDED = "/api/"
"""Where pages of other origins are refused; all else is public, such as the widget's files."""

DEFAULT_PORTS = {"http": 80, "https": 443}


class ForeignOriginMiddleware:
    """Refuses what a browser sends for a page of a foreign origin, before anything is looked at.

    Args:
        app: what is guarded.
        allowed: origins that may call, besides the front desk's own.
    """

    def __init__(self, app: ASGIApp, *, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        if not is_foreign(headers.get("origin"), host=headers.get("host", ""), allowed=self._allowed):
            return await self._app(scope, receive, send)
        refusal = error_response(
            403,
            "foreign_origin",
            "Pages of this origin may not use the chat. The clinic adds it to CANDIDACY_ALLOWED_ORIGINS.",
        )
        await refusal(scope, receive, send)


def is_foreign(origin: str | None, *, host: str, allowed: frozenset[str]) -> bool:
    """Whether a request comes from a page that may not use the chat.

    Programs other than browsers send no origin, and could send any: for them it is the token that counts.

    Args:
        origin: the Origin header.
        host: the Host header. Its port counts; its scheme is not known behind a proxy that ends TLS.
        allowed: origins that may call.
    """
    if origin is None or origin in allowed:
        return False
    return _host_and_port(origin) not in _as_seen(host)


def _host_and_port(origin: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(origin)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None


def _as_seen(host: str) -> set[tuple[str, int] | None]:
    return {_host_and_port(f"{scheme}://{host}") for scheme in DEFAULT_PORTS} - {None}
