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
    """GET /readyz: 200 when both the database and the assistant are there, else 503; says which is not."""
    database, assistant = await _database_ready(desk.database), await _assistant_ready(desk.assistant)
    ready = database and assistant
    return JSONResponse(
        {"status": "ready" if ready else "not_ready", "database": database, "assistant": assistant},
        status_code=200 if ready else 503,
    )


async def _database_ready(database: Database) -> bool:
    return await anyio.to_thread.run_sync(database.reachable)


async def _assistant_ready(assistant: Assistant) -> bool:
    with anyio.move_on_after(READY_TIMEOUT_SECONDS):
        return await assistant.ready()
    return False
