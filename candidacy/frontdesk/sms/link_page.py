"""GET /sms/read/<token>: what may not be texted, on a page that opens for a while."""

import html
from datetime import datetime
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from candidacy.frontdesk.admission import admit_address
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.sms.link_token import message_of
from candidacy.frontdesk.sms.responses import LINK_EXPIRED
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.records.sms.outgoing import find_sent_text
from candidacy.web.transactions import read

PAGE = Template(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$clinic_name</title>
</head>
<body>
<main>
<h1>$clinic_name</h1>
$paragraphs
</main>
</body>
</html>
"""
)


async def read_private(request: Request, *, desk: TextDesk, front: Desk) -> Response:
    """Show the message, or that the link does not open any more: the same for one that never did."""
    admit_address(request, desk=front)
    message_id = message_of(request.path_params["token"], secrets=desk.link_secrets)
    text = await _text(message_id, since=desk.now() - desk.texting.link_life, desk=desk)
    name = front.settings.clinic_name
    if text is None:
        return HTMLResponse(page(desk.words(LINK_EXPIRED).text, clinic_name=name), status_code=404)
    return HTMLResponse(page(text, clinic_name=name))


def page(text: str, *, clinic_name: str) -> str:
    """The page with a text, each line of it a paragraph, and nothing of it markup."""
    lines = [f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip()]
    return PAGE.substitute(clinic_name=html.escape(clinic_name), paragraphs="\n".join(lines))


async def _text(message_id: int | None, *, since: datetime, desk: TextDesk) -> str | None:
    if message_id is None:
        return None
    return await read(desk.database, find_sent_text, message_id=message_id, since=since)
