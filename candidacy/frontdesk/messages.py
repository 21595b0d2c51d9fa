"""A conversation's messages: those the visitor sends, and those there are to read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.frontdesk.authentication import authenticated_conversation, invalid_token
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.json_body import read_json_object
from candidacy.frontdesk.links import links_in
from candidacy.frontdesk.message_input import (
    ButtonPress,
    TypedText,
    read_message_input,
    stale_button,
    unknown_button,
)
from candidacy.frontdesk.transactions import read, write
from candidacy.records.buttons import StaleButton, press_button
from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown
from candidacy.records.messages import MessageView, Received, messages_after, receive

PAGE_LENGTH = 200
"""The most messages in one answer; the client asks again after the last one."""

MAX_POSITION = 999_999_999


async def messages(request: Request, *, desk: Desk) -> Response:
    """POST /api/chat/messages receives a message; GET reads those after a given one."""
    if request.method == "POST":
        return await _post_message(request, desk=desk)
    return await _list_messages(request, desk=desk)


async def _post_message(request: Request, *, desk: Desk) -> Response:
    conversation_id = await authenticated_conversation(request, desk=desk)
    data = await read_json_object(request)
    sent = read_message_input(data, max_length=desk.settings.message_max_length)
    received = await _store(sent, conversation_id=conversation_id, desk=desk)
    if not received.duplicate:
        desk.arrivals.announce(conversation_id)
        desk.runner.wake()
    return JSONResponse({"id": received.position}, status_code=202)


async def _store(sent: TypedText | ButtonPress, *, conversation_id: str, desk: Desk) -> Received:
    try:
        pressed = await write(
            desk.database, _receive_or_press, sent=sent, conversation_id=conversation_id, now=desk.now()
        )
    except ConversationErased as error:
        raise ApiError(
            410, "conversation_deleted", "This conversation was deleted. Start a new one with POST /api/chat/sessions."
        ) from error
    except ConversationUnknown as error:
        raise invalid_token() from error
    if pressed is None:
        raise unknown_button()
    if isinstance(pressed, StaleButton):
        raise stale_button()
    return pressed


def _receive_or_press(
    session: Session, *, sent: TypedText | ButtonPress, conversation_id: str, now: datetime
) -> Received | StaleButton | None:
    if isinstance(sent, ButtonPress):
        return press_button(
            session, conversation_id=conversation_id, client_id=sent.client_id, button_id=sent.button, now=now
        )
    return receive(session, conversation_id=conversation_id, client_id=sent.client_id, text=sent.text, now=now)


async def _list_messages(request: Request, *, desk: Desk) -> Response:
    conversation_id = await authenticated_conversation(request, desk=desk)
    after = read_position(request.query_params.get("after"), name="after")
    views = await read(
        desk.database, messages_after, conversation_id=conversation_id, position=after, limit=PAGE_LENGTH
    )
    return JSONResponse({"messages": [message_json(view, numbers=desk.numbers) for view in views]})


def read_position(value: str | None, *, name: str) -> int:
    """A message id that a request names, 0 when it names none; raises ApiError 400 when it is no id."""
    if value is None:
        return 0
    if not (value.isascii() and value.isdecimal() and len(value) <= len(str(MAX_POSITION))):
        raise ApiError(400, "invalid_position", f"{name} must be the id of a message, or 0 for all of them.")
    return int(value)


def message_json(view: MessageView, *, numbers: Mapping[str, str]) -> dict[str, Any]:
    """A message as the API shows it; the numbers of what we say are links to tap.

    `client_id` is the client's own name of a visitor's message, so that it knows its own again.
    """
    return {
        "id": view.id,
        "author": view.author,
        "kind": view.kind,
        "text": view.text,
        "links": [] if view.author == "visitor" else links_in(view.text, numbers=numbers),
        "buttons": [{"id": button.id, "title": button.title} for button in view.buttons],
        "facts": list(view.facts),
        "at": view.at.isoformat(),
        "client_id": view.client_id,
    }
