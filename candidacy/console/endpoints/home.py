"""The front page: what one may do here."""

from starlette.responses import Response

from candidacy.console.staff_request import StaffRequest


async def home(request: StaffRequest) -> Response:
    """GET /."""
    return request.page("home.html")
