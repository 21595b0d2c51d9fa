"""The description of every address."""

from starlette.responses import JSONResponse, Response

from candidacy.console.openapi import openapi_document
from candidacy.console.staff_request import StaffRequest


async def openapi(request: StaffRequest) -> Response:
    """GET /openapi.json."""
    return JSONResponse(openapi_document(request.context.routes))
