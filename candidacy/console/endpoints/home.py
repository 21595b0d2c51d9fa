"""The front page: the inbox, where red flags arrive while somebody looks."""

from starlette.responses import RedirectResponse, Response

from candidacy.console.conversations.address import INBOX_PATH
from candidacy.console.staff_request import StaffRequest


async def home(_: StaffRequest) -> Response:
    """GET /."""
    return RedirectResponse(INBOX_PATH, status_code=303)
