"""The console's two cookies: one opens a session, the other stands behind the forms of who is not signed in.

Behind TLS their names begin with ``__Host-``: a browser then takes them over TLS from this very host alone
(RFC 6265bis, section 4.1.3.2).
"""

from enum import Enum

from starlette.requests import Request
from starlette.responses import Response

HOST_PREFIX = "__Host-"


class Cookie(Enum):
    """A cookie, by its plain name."""

    SESSION = "candidacy-staff"
    FORM = "candidacy-form"


def cookie_name(cookie: Cookie, *, secure: bool) -> str:
    """The name in the browser."""
    return HOST_PREFIX + cookie.value if secure else cookie.value


def read_cookie(request: Request, cookie: Cookie, *, secure: bool) -> str | None:
    """What the browser holds; None when there is nothing."""
    return request.cookies.get(cookie_name(cookie, secure=secure)) or None


def set_cookie(response: Response, cookie: Cookie, value: str, *, secure: bool) -> None:
    """Have the browser hold a value until it is closed, out of reach of scripts and of other sites' forms."""
    name = cookie_name(cookie, secure=secure)
    response.set_cookie(name, value, path="/", secure=secure, httponly=True, samesite="lax")


def drop_cookie(response: Response, cookie: Cookie, *, secure: bool) -> None:
    """Have the browser forget it."""
    name = cookie_name(cookie, secure=secure)
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
