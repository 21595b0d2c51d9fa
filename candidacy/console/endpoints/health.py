"""Whether the process lives, and whether it can do its work."""

import anyio.to_thread
from starlette.responses import JSONResponse, Response

from candidacy.console.staff_request import StaffRequest


async def healthz(request: StaffRequest) -> Response:
    """GET /healthz: the process answers."""
    return JSONResponse({"status": "alive"})


async def readyz(request: StaffRequest) -> Response:
    """GET /readyz: 200 when the database is there, else 503."""
    ready = await anyio.to_thread.run_sync(request.context.database.reachable)
    return JSONResponse({"status": "ready" if ready else "not_ready", "database": ready}, 200 if ready else 503)
