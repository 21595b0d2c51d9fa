"""How the API says no: one JSON shape.

Where it has a `kind`, the message is for the visitor and comes from domain.yml. Else it tells the client's developer
what was wrong and what to do.
"""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.frontdesk.visitor_words import VisitorWords

RETRY_AFTER_SECONDS = 5

log = structlog.get_logger(__name__)


class ApiError(Exception):
    """A request that is refused.

    Args:
        status: the HTTP status.
        error: a short name for programs.
        message: what was wrong and what to do, for the client's developer; or words for the visitor.
        headers: further headers of the response.
    """

    def __init__(
        self, status: int, error: str, message: str | VisitorWords, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.message = message
        self.headers = headers


_PLAIN_STATUSES = {
    404: ("not_found", "There is nothing at this address. /openapi.json lists every address."),
    405: ("method_not_allowed", "This address does not take that method. The Allow header names those it takes."),
}


def error_response(
    status: int, error: str, message: str | VisitorWords, *, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The one shape of every error."""
    said = message.as_json() if isinstance(message, VisitorWords) else {"message": message}
    return JSONResponse({"error": error, **said}, status_code=status, headers=headers)


async def handle_api_error(request: Request, error: Exception) -> Response:
    """Answer a refused request."""
    assert isinstance(error, ApiError)
    return error_response(error.status, error.error, error.message, headers=error.headers)


async def handle_http_exception(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses: an unknown address, a wrong method."""
    assert isinstance(error, HTTPException)
    name, message = _PLAIN_STATUSES.get(error.status_code, ("refused", error.detail))
    return error_response(error.status_code, name, message, headers=error.headers)


def unavailable(words: VisitorWords) -> ApiError:
    """The refusal while the database cannot be used: try again soon, and the clinic's number meanwhile."""
    return ApiError(503, "unavailable", words, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def records_unavailable_handler(words: VisitorWords) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Answer while the database cannot be used."""

    async def handle(request: Request, error: Exception) -> Response:
        log.warning("records.unavailable", path=request.url.path, reason=str(error))
        return await handle_api_error(request, unavailable(words))

    return handle
