"""Whether the process lives, and whether what it needs is there."""

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.frontdesk.answering import Assistant
from candidacy.frontdesk.desk import Desk
from candidacy.records.database import Database

READY_TIMEOUT_SECONDS = 3.0


async def healthz(request: Request) -> Response:
    """GET /healthz: the process answers."""
    return JSONResponse({"status": "alive"})


async def readyz(request: Request, *, desk: Desk) -> Response:
    """GET /readyz: 200 when both the database and the assistant are there, else 503; says which is not.

    Of several processes of the assistant, one that answers is enough.
    """
    database, answering = await _database_ready(desk.database), await _answering(desk.assistant)
    ready = database and answering > 0
    return JSONResponse(
        {
            "status": "ready" if ready else "not_ready",
            "database": database,
            "assistant": answering > 0,
            "assistant_processes": {"answering": answering, "of": desk.assistant.processes},
        },
        status_code=200 if ready else 503,
    )


async def _database_ready(database: Database) -> bool:
    return await anyio.to_thread.run_sync(database.reachable)


async def _answering(assistant: Assistant) -> int:
    with anyio.move_on_after(READY_TIMEOUT_SECONDS):
        return await assistant.answering()
    return 0
