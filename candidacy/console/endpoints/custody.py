"""Who has a conversation: a person takes it, answers in it, gives it back or closes it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from candidacy.console.conversations.address import conversation_address
from candidacy.console.conversations.quiet_notice import quiet_notice
from candidacy.console.endpoints.transcript import GONE, conversation_of, shown, subject_of
from candidacy.console.errors import ERRORS, Refusal, Words
from candidacy.console.number_field import read_number
from candidacy.console.staff_request import StaffRequest
from candidacy.records.audit import Entry
from candidacy.records.console.claims import Claim, Holder, take_from
from candidacy.records.console.claims import claim as claim_conversation
from candidacy.records.console.claims import close as close_conversation
from candidacy.records.console.claims import hand_back as hand_back_conversation
from candidacy.records.console.staff_messages import NotTheirs, send
from candidacy.records.conversation_lock import ConversationError
from candidacy.records.delivery import channel_of_visitor
from candidacy.records.encryption import Cipher
from candidacy.records.sms.texters import CHANNEL as TEXT_MESSAGES
from candidacy.records.sms.texters import number_of, visitor_wrote_at
from candidacy.sms.beginning import QuietNow, quiet_now

PERSON_IS_HERE = "utter_person_has_conversation"
ASSISTANT_IS_BACK = "utter_assistant_is_back"

WAIT, ANYWAY = "wait", "anyway"
"""What staff say of a reply in quiet hours: that it waits for their end, or goes out at once."""

NOBODY_HAS_IT = "Nobody has this conversation now. Claim it first."
BACK = "Back to the conversation"
LONGEST_KEY = 64


async def claim(request: StaffRequest) -> Response:
    """POST /conversations/{id}/claim: of all who claim it at once one gets it, and the others see who."""
    conversation_id = conversation_of(request)
    notice = request.context.texts.reply(PERSON_IS_HERE, channel=await _channel(request, conversation_id))
    return await _claimed(request, conversation_id, claim_conversation, notice=notice)


async def take(request: StaffRequest) -> Response:
    """POST /conversations/{id}/take: from the person who has it, if that person still has it."""
    holder_id = read_number(request.form.get("holder_id", ""))
    if holder_id is None:
        raise Refusal(400)
    return await _claimed(request, conversation_of(request), take_from, holder_id=holder_id)


async def _claimed(request: StaffRequest, conversation_id: str, query: Callable[..., Any], **options: Any) -> Response:
    def entry(result: Claim) -> Entry:
        holder = None if result.won or result.holder is None else {"holder": result.holder.staff_id}
        outcome = "done" if result.won else "refused"
        return request.entry(subject=subject_of(conversation_id), outcome=outcome, detail=holder)

    result = await _change(request, conversation_id, entry, query, **options)
    if not result.won:
        text = f"{_had_by(result.holder)} Nothing was changed."
        raise Refusal(409, Words(ERRORS[409].title, text, back=conversation_address(conversation_id), back_words=BACK))
    return _back_to(conversation_id)


async def hand_back(request: StaffRequest) -> Response:
    """POST /conversations/{id}/hand-back: the assistant goes on with the question it had put."""
    conversation_id = conversation_of(request)
    notice = request.context.texts.reply(ASSISTANT_IS_BACK, channel=await _channel(request, conversation_id))
    return await _given_up(request, conversation_id, hand_back_conversation, notice=notice)


async def close(request: StaffRequest) -> Response:
    """POST /conversations/{id}/close: it opens again when the visitor writes."""
    return await _given_up(request, conversation_of(request), close_conversation)


async def _given_up(request: StaffRequest, conversation_id: str, query: Callable[..., Any], **options: Any) -> Response:
    def entry(done: bool) -> Entry:
        return request.entry(subject=subject_of(conversation_id), outcome="done" if done else "refused")

    if not await _change(request, conversation_id, entry, query, **options):
        raise Refusal(409)
    return _back_to(conversation_id)


async def reply(request: StaffRequest) -> Response:
    """POST /conversations/{id}/reply: what cannot be sent stays in the page."""
    conversation_id, text = conversation_of(request), request.form.get("text", "").strip()
    longest, key = request.context.settings.message_max_length, request.form.get("message_key", "")
    if not key or len(key) > LONGEST_KEY:
        raise Refusal(400)
    if not text or len(text) > longest:
        said = f"A reply must have 1 to {longest} characters. It was not sent."
        return await shown(request, conversation_id, status=422, error=said, typed=text)
    when = request.form.get("when", "")
    quiet = None if when in (WAIT, ANYWAY) else await _quiet(request, conversation_id)
    if quiet is not None:
        await request.note(
            request.entry(subject=subject_of(conversation_id), outcome="refused", detail={"quiet": True})
        )
        return await shown(request, conversation_id, status=409, quiet=quiet_notice(quiet), typed=text)
    try:
        position = await _change(
            request,
            conversation_id,
            lambda position: request.entry(subject=subject_of(conversation_id), detail={"position": position}),
            send,
            client_id=key,
            text=text,
            at_any_hour=when == ANYWAY,
        )
    except NotTheirs as refusal:
        await request.note(request.entry(subject=subject_of(conversation_id), outcome="refused"))
        said = f"{_had_by(refusal.holder)} Your reply was not sent; it is kept below."
        return await shown(request, conversation_id, status=409, error=said, typed=text)
    return RedirectResponse(f"{conversation_address(conversation_id)}#m{position}", status_code=303)


async def _quiet(request: StaffRequest, conversation_id: str) -> QuietNow | None:
    """Why a reply to somebody who texts has to wait; None where it may go out, or nothing is texted."""
    if await _channel(request, conversation_id) != TEXT_MESSAGES:
        return None
    number, wrote_at = await request.read(_texter, cipher=request.context.cipher, conversation_id=conversation_id)
    if number is None:
        return None
    return quiet_now(number, wrote_at=wrote_at, now=request.context.now(), hours=request.context.rules.quiet_hours)


def _texter(session: Session, *, cipher: Cipher, conversation_id: str) -> tuple[str | None, datetime | None]:
    number = number_of(session, cipher=cipher, conversation_id=conversation_id)
    return number, visitor_wrote_at(session, conversation_id=conversation_id)


async def _change(
    request: StaffRequest,
    conversation_id: str,
    entry: Callable[[Any], Entry],
    query: Callable[..., Any],
    **options: Any,
) -> Any:
    try:
        result = await request.change(
            entry,
            query,
            conversation_id=conversation_id,
            staff_id=request.account.id,
            now=request.context.now(),
            **options,
        )
    except ConversationError:
        raise Refusal(404, GONE) from None
    request.context.news.announce(conversation_id)
    return result


async def _channel(request: StaffRequest, conversation_id: str) -> str:
    try:
        return await request.read(channel_of_visitor, conversation_id=conversation_id)
    except ConversationError:
        raise Refusal(404, GONE) from None


def _had_by(holder: Holder | None) -> str:
    return NOBODY_HAS_IT if holder is None else f"{holder.name} has this conversation now."


def _back_to(conversation_id: str) -> Response:
    return RedirectResponse(conversation_address(conversation_id), status_code=303)
