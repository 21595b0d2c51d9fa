"""A conversation's messages: those the visitor sends, and those there are to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from candidacy.frontdesk.actions import ACTIONS
from candidacy.frontdesk.admission import admit_address, admit_message
from candidacy.frontdesk.authentication import authenticated_session, invalid_token, opened, sent_token
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.json_body import read_bounded, said_to_be_json
from candidacy.frontdesk.limits import Limit
from candidacy.frontdesk.message_input import (
    Action,
    ButtonPress,
    Input,
    read_message_input,
    stale_button,
    unknown_button,
)
from candidacy.frontdesk.message_json import message_json
from candidacy.frontdesk.refused_message import advised
from candidacy.records.buttons import StaleButton, press_button
from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown
from candidacy.records.messages import Received, receive
from candidacy.records.news import News, news_of_message, read_news
from candidacy.records.turn import Taker
from candidacy.records.visitor_sessions import extend_session, find_session
from candidacy.web.transactions import RecordsUnavailable, read, write

MAX_POSITION = 999_999_999


async def messages(request: Request, *, desk: Desk) -> Response:
    """POST /api/chat/messages receives a message; GET reads those after a given one."""
    if request.method == "POST":
        return await _post_message(request, desk=desk)
    return await _list_messages(request, desk=desk)


async def _post_message(request: Request, *, desk: Desk) -> Response:
    # The body comes first, so that danger in it is seen whatever it is refused for.
    body = await read_bounded(request)
    try:
        return await _receive(request, body, desk=desk)
    except (ApiError, RecordsUnavailable) as refusal:
        raise await advised(refusal, body=body, desk=desk) from None


async def _receive(request: Request, body: bytes, *, desk: Desk) -> Response:
    admit_address(request, desk=desk)
    admit_address(request, desk=desk, limit=Limit.ADDRESS_MESSAGES)
    token = sent_token(request)
    conversation_id = desk.known_tokens.conversation_of(token)
    if conversation_id is None:
        conversation_id = (await authenticated_session(request, desk=desk)).conversation_id
    try:
        admit_message(conversation_id, desk=desk)
        data = said_to_be_json(body, content_type=request.headers.get("content-type", ""))
        sent = read_message_input(data, max_length=desk.settings.message_max_length)
    except ApiError:
        # Whose session is over learns that before anything else.
        await authenticated_session(request, desk=desk)
        raise
    with desk.runner.kept_worker() as taker:
        followed_from = desk.arrivals.followed_from(conversation_id)
        stored = await _store(sent, token=token, taker=taker, followed_from=followed_from, desk=desk)
        received = stored.message
        if received.turn is not None:
            desk.runner.begin(received.turn)
        elif not received.duplicate:
            desk.runner.wake()
    if not received.duplicate:
        desk.arrivals.announce(conversation_id, stored.news)
    return JSONResponse({"id": received.position}, status_code=202)


@dataclass(frozen=True)
class _Stored:
    """A message that is stored, and what is new for those who follow the conversation, if somebody does."""

    message: Received
    news: News | None


async def _store(sent: Input, *, desk: Desk, **options: Any) -> _Stored:
    now = desk.now()
    try:
        stored = await write(
            desk.database, _receive_and_extend, sent=sent, now=now, session_until=desk.session_end(), **options
        )
    except ConversationErased as error:
        raise ApiError(
            410, "conversation_deleted", "This conversation was deleted. Start a new one with POST /api/chat/sessions."
        ) from error
    except ConversationUnknown as error:
        raise invalid_token() from error
    if stored is None:
        raise unknown_button()
    if isinstance(stored, StaleButton):
        raise stale_button()
    return stored


def _receive_and_extend(
    session: Session,
    /,
    *,
    sent: Input,
    token: str,
    taker: Taker | None,
    followed_from: int | None,
    now: datetime,
    session_until: datetime,
) -> _Stored | StaleButton | None:
    """All that a message takes, in one transaction: whether the session is open, the storing, the look at what is new.

    Raises:
        ApiError: 401 the token opens nothing, or the session is over.
    """
    conversation_id = opened(find_session(session, token=token), now=now).conversation_id
    received = _receive_input(
        session, sent=sent, conversation_id=conversation_id, taker=taker, session_until=session_until, now=now
    )
    if not isinstance(received, Received):
        return received
    if received.duplicate:
        extend_session(session, conversation_id=conversation_id, until=session_until)
        return _Stored(received, news=None)
    if followed_from is None:
        return _Stored(received, news=None)
    if received.turn is not None and received.position == followed_from + 1:
        news = news_of_message(
            received, turn=received.turn, client_id=sent.client_id, expires_at=session_until, now=now
        )
    else:
        news = read_news(session, conversation_id=conversation_id, position=followed_from)
    return _Stored(received, news=news)


def _receive_input(session: Session, *, sent: Input, **options: Any) -> Received | StaleButton | None:
    if isinstance(sent, ButtonPress):
        return press_button(session, client_id=sent.client_id, button_id=sent.button, **options)
    if isinstance(sent, Action):
        button = ACTIONS[sent.action]
        text, payload = button.title, button.payload
    else:
        text, payload = sent.text, None
    return receive(session, client_id=sent.client_id, text=text, payload=payload, **options)


async def _list_messages(request: Request, *, desk: Desk) -> Response:
    admit_address(request, desk=desk)
    visitor = await authenticated_session(request, desk=desk)
    after = read_position(request.query_params.get("after"), name="after")
    news = await read(desk.database, read_news, conversation_id=visitor.conversation_id, position=after)
    return JSONResponse(
        {"messages": [message_json(view, numbers=desk.numbers, live=news.live) for view in news.messages]}
    )


def read_position(value: str | None, *, name: str) -> int:
    """A message id that a request names, 0 when it names none; raises ApiError 400 when it is no id."""
    if value is None:
        return 0
    if not (value.isascii() and value.isdecimal() and len(value) <= len(str(MAX_POSITION))):
        raise ApiError(400, "invalid_position", f"{name} must be the id of a message, or 0 for all of them.")
    return int(value)
