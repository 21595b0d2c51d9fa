"""The widget's files, for every web page that wants to load them."""

import base64
import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WIDGET_FOLDER = Path(__file__).parent / "widget"
SCRIPT = "candidacy-chat.js"
"""The file that a page loads; it knows the others."""

MEDIA_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".map": "application/json",
    ".txt": "text/plain",
}
"""What is served, and as what: a machine's own table may say otherwise, and browsers run no mistyped script."""

PUBLIC_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300",
}
"""Public files without secrets; `integrity` on a page of another origin needs the first."""


class WidgetFiles(StaticFiles):
    """Serves the folder's files, with an ETag each; what is of no known type is not there."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer one request."""
        media_type = MEDIA_TYPES.get(Path(path).suffix)
        if media_type is None:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers.update(PUBLIC_HEADERS)
        if "content-type" in response.headers:
            text = media_type.startswith("text/")
            response.headers["Content-Type"] = f"{media_type}; charset=utf-8" if text else media_type
        return response


def integrity(script: bytes) -> str:
    """What a page's `integrity` attribute says of a script (W3C Subresource Integrity), so that no other one runs."""
    return f"sha384-{base64.b64encode(hashlib.sha384(script).digest()).decode()}"
