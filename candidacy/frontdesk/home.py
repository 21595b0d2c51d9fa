"""The front page: a sample page of a clinic with the chat on it; and where the interface is described."""

import html
from collections.abc import Mapping
from pathlib import Path
from string import Template

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from candidacy.frontdesk.configuration import clinic_json
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.openapi import openapi_document
from candidacy.frontdesk.widget_files import SCRIPT, integrity

SAMPLE_PAGE = "sample.html"

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline, nothing evaluated, nothing from elsewhere (W3C Content Security Policy Level 3)."""


async def home(request: Request, *, desk: Desk) -> Response:
    """GET /: the sample page."""
    page = await anyio.to_thread.run_sync(read_page, desk.widget, clinic_json(desk.settings))
    if page is None:
        raise HTTPException(404)
    return HTMLResponse(page, headers={"Content-Security-Policy": PAGE_POLICY})


def read_page(folder: Path, values: Mapping[str, str]) -> str | None:
    """The sample page with the clinic's values and the widget's integrity filled in; None when there is none."""
    page, script = folder / SAMPLE_PAGE, folder / SCRIPT
    if not (page.is_file() and script.is_file()):
        return None
    return fill_page(page.read_text(encoding="utf-8"), {**values, "widget_integrity": integrity(script.read_bytes())})


def fill_page(page: str, values: Mapping[str, str]) -> str:
    """The page with each ``${name}`` replaced, as text: a value is never markup. Other dollar signs stay."""
    return Template(page).safe_substitute({name: html.escape(value) for name, value in values.items()})


async def openapi(request: Request, *, desk: Desk) -> Response:
    """GET /openapi.json: the description of every address."""
    return JSONResponse(
        openapi_document(
            message_max_length=desk.settings.message_max_length, text_messages=desk.settings.texting is not None
        )
    )
