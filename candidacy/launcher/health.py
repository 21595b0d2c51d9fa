"""Whether a process answers."""

import http.client
import urllib.request

_PATIENCE_SECONDS = 2.0


def answers(url: str) -> bool:
    """Whether the health address says 200, asked directly and not through a proxy."""
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with directly.open(url, timeout=_PATIENCE_SECONDS) as response:
            return bool(response.status == http.client.OK)
    except (OSError, http.client.HTTPException):
        return False
