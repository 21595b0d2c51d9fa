"""A visitor's session: its start with the opening message, how long it lasts, and its end."""

import math
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.assistant.reply import Reply
from candidacy.frontdesk.admission import admit_address
from candidacy.frontdesk.authentication import authenticated_session
from candidacy.frontdesk.configuration import clinic_json
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.json_body import read_json_object
from candidacy.frontdesk.limits import Limit
from candidacy.frontdesk.responses import OPENING
from candidacy.records.conversations import start_conversation
from candidacy.records.messages import say
from candidacy.records.visitor_sessions import VisitorSession, end_session, extend_session
from candidacy.web.transactions import write

CHANNEL = "web"


async def create_session(request: Request, *, desk: Desk) -> Response:
    """POST /api/chat/sessions: begin a conversation."""
    admit_address(request, desk=desk)
    admit_address(request, desk=desk, limit=Limit.ADDRESS_SESSIONS)
    await read_json_object(request)
    opening = desk.texts.reply(OPENING, channel=CHANNEL)
    expires_at = desk.session_end()
    conversation_id, token = await write(
        desk.database, _open_conversation, opening=opening, now=desk.now(), expires_at=expires_at
    )
    desk.known_tokens.remember(token, conversation_id=conversation_id)
    return JSONResponse(
        {"token": token, "conversation": conversation_id, "expires_at": expires_at.isoformat()}, status_code=201
    )


async def session(request: Request, *, desk: Desk) -> Response:
    """GET /api/chat/session: what the token opens, and until when. DELETE: end it, so that it opens nothing."""
    admit_address(request, desk=desk)
    visitor = await authenticated_session(request, desk=desk)
    if request.method != "DELETE":
        return JSONResponse(session_json(visitor, desk=desk))
    await write(desk.database, end_session, conversation_id=visitor.conversation_id, now=desk.now())
    desk.arrivals.announce(visitor.conversation_id)
    return Response(status_code=204)


async def extend(request: Request, *, desk: Desk) -> Response:
    """POST /api/chat/session/extend: let the session last as long again, from now on."""
    admit_address(request, desk=desk)
    visitor = await authenticated_session(request, desk=desk)
    until = desk.session_end()
    await write(desk.database, extend_session, conversation_id=visitor.conversation_id, until=until)
    # Streams learn of the new end by their next look.
    desk.arrivals.announce(visitor.conversation_id)
    extended = VisitorSession(conversation_id=visitor.conversation_id, expires_at=until)
    return JSONResponse(session_json(extended, desk=desk))


def session_json(visitor: VisitorSession, *, desk: Desk) -> dict[str, Any]:
    """The session as the API shows it; `expires_in` spares the client a comparison of clocks."""
    now = desk.now()
    ends = visitor.expires_at
    return {
        "conversation": visitor.conversation_id,
        "expires_at": None if ends is None else ends.isoformat(),
        "now": now.isoformat(),
        "expires_in": None if ends is None else math.floor((ends - now).total_seconds()),
        **clinic_json(desk.settings),
    }


def _open_conversation(session: Session, *, opening: Reply, now: datetime, expires_at: datetime) -> tuple[str, str]:
    conversation_id, token = start_conversation(session, channel=CHANNEL, now=now, expires_at=expires_at)
    say(session, conversation_id=conversation_id, replies=[opening], now=now)
    return conversation_id, token
