"""The front page: what this is, and where its interface is described."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.openapi import openapi_document


async def home(request: Request, *, desk: Desk) -> Response:
    """GET /: the service's name, and where to read on."""
    return PlainTextResponse(
        f"{desk.settings.clinic_name}: front desk of the automated assistant.\nThe API is described at /openapi.json.\n"
    )


async def openapi(request: Request, *, desk: Desk) -> Response:
    """GET /openapi.json: the description of every address."""
    return JSONResponse(openapi_document(message_max_length=desk.settings.message_max_length))
