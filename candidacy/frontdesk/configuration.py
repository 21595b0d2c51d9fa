"""What a client must know before it has a session: the clinic, and the limits it should keep to."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.clinic import clinic_variables
from candidacy.frontdesk.admission import admit_address
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.openapi import API_VERSION
from candidacy.settings import Settings

CLINIC_FIELDS = ("clinic_name", "clinic_phone", "clinic_phone_link")


async def configuration(request: Request, *, desk: Desk) -> Response:
    """GET /api/chat/configuration: open to everybody."""
    admit_address(request, desk=desk)
    return JSONResponse(
        {
            **clinic_json(desk.settings),
            "message_max_length": desk.settings.message_max_length,
            "session_seconds": int(desk.settings.session_minutes * 60),
            "version": API_VERSION,
        }
    )


def clinic_json(settings: Settings) -> dict[str, str]:
    """The clinic's name, its telephone number, and the number's address."""
    variables = clinic_variables(settings)
    return {name: variables[name] for name in CLINIC_FIELDS}
