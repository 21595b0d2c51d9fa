"""How long the session lasts, for the page's own clock."""

from starlette.responses import JSONResponse, Response

from candidacy.console.staff_request import StaffRequest


async def session_left(request: StaffRequest) -> Response:
    """GET /session: the seconds left; asking does not prolong it."""
    return JSONResponse({"seconds": request.seconds_left})


async def stay(request: StaffRequest) -> Response:
    """POST /session: somebody is there; the guard has noted it."""
    return JSONResponse({"seconds": request.seconds_left})
