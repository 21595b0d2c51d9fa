"""How both web apps are served."""

import uvicorn
from starlette.applications import Starlette


def served_at(app: Starlette, *, host: str, port: int, grace_seconds: int) -> uvicorn.Config:
    """Without a log of who asked for what.

    Args:
        app: what is served.
        host: the address that is listened on.
        port: the port.
        grace_seconds: how long open connections may take to end once the process is asked to stop.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        # Whom a proxy speaks for is read by ourselves, and believed of trusted ones alone.
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=grace_seconds,
    )
