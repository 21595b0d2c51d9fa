"""The start of a conversation: a token for the visitor, and the opening message."""

from datetime import datetime

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.assistant.reply import Reply
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.json_body import read_json_object
from candidacy.frontdesk.responses import OPENING
from candidacy.frontdesk.transactions import write
from candidacy.records.conversations import start_conversation
from candidacy.records.messages import say

CHANNEL = "web"


async def create_session(request: Request, *, desk: Desk) -> Response:
    """POST /api/chat/sessions: begin a conversation."""
    await read_json_object(request)
    opening = desk.texts.reply(OPENING, channel=CHANNEL)
    conversation_id, token = await write(desk.database, _open_conversation, opening=opening, now=desk.now())
    return JSONResponse({"token": token, "conversation": conversation_id}, status_code=201)


def _open_conversation(session: Session, *, opening: Reply, now: datetime) -> tuple[str, str]:
    conversation_id, token = start_conversation(session, channel=CHANNEL, now=now)
    say(session, conversation_id=conversation_id, replies=[opening], now=now)
    return conversation_id, token
