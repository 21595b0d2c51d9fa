"""The console's styles, scripts and icon: public files without secrets."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from candidacy.console.errors import Refusal
from candidacy.console.staff_request import StaffRequest

STATIC_FOLDER = Path(__file__).parent.parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What is served, and as what: a machine's own table may say otherwise."""

_files = StaticFiles(directory=STATIC_FOLDER, check_dir=False)


async def static_file(request: StaffRequest) -> Response:
    """GET /static/{name}."""
    name = request.http.path_params["name"]
    media_type = MEDIA_TYPES.get(Path(name).suffix)
    if media_type is None:
        raise Refusal(404)
    try:
        response = await _files.get_response(name, request.http.scope)
    except HTTPException:
        raise Refusal(404) from None
    # Browsers keep it, and ask each time whether it is still the same.
    response.headers["Cache-Control"] = "no-cache"
    if "content-type" in response.headers:
        response.headers["Content-Type"] = media_type
    return response
