"""POST /api/chat/link-code: a code with which a chat of the website goes on by text message."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.frontdesk.admission import admit_address, admit_message
from candidacy.frontdesk.authentication import authenticated_session, invalid_token
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown
from candidacy.records.sms.link_codes import store_code
from candidacy.sms.linking import LIFE, new_code
from candidacy.web.transactions import write


async def create_link_code(request: Request, *, desk: TextDesk, front: Desk) -> Response:
    """Give a new code, and the number to text it to; the ones before it work no more."""
    admit_address(request, desk=front)
    visitor = await authenticated_session(request, desk=front)
    admit_message(visitor.conversation_id, desk=front)
    code = new_code(secrets.choice)
    try:
        await write(desk.database, store_code, conversation_id=visitor.conversation_id, code=code, now=desk.now())
    except ConversationErased as error:
        raise ApiError(410, "conversation_deleted", "This conversation was deleted. Start a new one.") from error
    except ConversationUnknown as error:
        raise invalid_token() from error
    return JSONResponse(
        {"code": code, "number": desk.texting.number, "expires_in": int(LIFE.total_seconds())}, status_code=201
    )
