"""What is kept of a conversation: holds against deletion, and deleting the person; for administrators."""

from collections.abc import Mapping

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from candidacy.casework.reason import ReasonError, checked_reason
from candidacy.console.conflicts import conflict
from candidacy.console.conversations.address import INBOX_PATH, conversation_address
from candidacy.console.errors import Refusal
from candidacy.console.staff_request import StaffRequest
from candidacy.records.console.legal_holds import holds_on, lift_hold, place_hold
from candidacy.records.console.person import PersonChanged, erase_whole_person, persons_conversations
from candidacy.records.console.transcript import conversation_header
from candidacy.records.conversation_lock import ConversationError
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import ConversationHeld

KEEPING_PATH = "/conversations/{id}/keeping"


class HoldGone(Exception):
    """The hold is not in place on this conversation."""


async def keeping_page(request: StaffRequest) -> Response:
    """GET /conversations/{id}/keeping."""
    conversation_id = await _conversation(request)
    await request.note(request.entry(subject=_subject(conversation_id)))
    return await _page(request, conversation_id)


async def hold(request: StaffRequest) -> Response:
    """POST /conversations/{id}/keeping/holds."""
    conversation_id = await _conversation(request)
    try:
        reason = checked_reason(request.form.get("reason", ""))
        await request.change(
            lambda made: request.entry(subject=_subject(conversation_id), reason=reason, detail={"hold": made}),
            place_hold,
            cipher=request.context.cipher,
            conversation_id=conversation_id,
            staff_id=request.account.id,
            reason=reason,
            now=request.context.now(),
        )
    except ReasonError as error:
        return await _page(
            request, conversation_id, error=str(error), typed={"hold_reason": request.form.get("reason", "")}
        )
    except ConversationError:
        raise Refusal(404) from None
    return _back(conversation_id)


async def lift(request: StaffRequest) -> Response:
    """POST /conversations/{id}/keeping/holds/{hold}/lift."""
    conversation_id, hold_id = await _conversation(request), request.path_number("hold")
    try:
        reason = checked_reason(request.form.get("reason", ""))
        await request.change(
            request.entry(subject=_subject(conversation_id), reason=reason, detail={"hold": hold_id}),
            _lift_here,
            cipher=request.context.cipher,
            conversation_id=conversation_id,
            hold_id=hold_id,
            request=request,
        )
    except ReasonError as error:
        return await _page(request, conversation_id, error=str(error))
    except HoldGone:
        raise await conflict(
            request, subject=_subject(conversation_id), said="this hold is not in place any more", reason=reason
        ) from None
    return _back(conversation_id)


async def erase(request: StaffRequest) -> Response:
    """POST /conversations/{id}/keeping/erasure: the person with all conversations of their number."""
    conversation_id, form = await _conversation(request), request.form
    ids = await _of_person(request, conversation_id)
    try:
        reason = checked_reason(form.get("reason", ""))
    except ReasonError as error:
        return await _page(request, conversation_id, error=str(error), typed=form)
    if " ".join(form.get("confirmation", "").lower().split()) != confirmation_of(len(ids)):
        said = f"Nothing was deleted. To confirm, type: {confirmation_of(len(ids))}"
        return await _page(request, conversation_id, error=said, typed=form)
    try:
        await request.change(
            lambda erased: request.entry(
                subject=_subject(conversation_id), reason=reason, detail={"conversations": len(erased)}
            ),
            erase_whole_person,
            cipher=request.context.cipher,
            conversation_id=conversation_id,
            count=len(ids),
            actor=request.account.sign_in_name,
            staff_id=request.account.id,
            reason=reason,
            audit_key=request.context.audit_key,
            now=request.context.now(),
        )
    except (ConversationHeld, PersonChanged) as refused:
        raise await conflict(request, subject=_subject(conversation_id), said=str(refused), reason=reason) from None
    return RedirectResponse(INBOX_PATH, status_code=303)


def confirmation_of(count: int) -> str:
    """What must be typed to delete so many conversations: nobody types it by mistake, nor for another number."""
    return f"delete {count} conversation{'' if count == 1 else 's'}"


def _lift_here(session: Session, *, cipher: Cipher, conversation_id: str, hold_id: int, request: StaffRequest) -> None:
    here = holds_on(session, cipher=cipher, conversation_id=conversation_id)
    if hold_id not in {hold.id for hold in here}:
        raise HoldGone
    lift_hold(session, hold_id=hold_id, staff_id=request.account.id, now=request.context.now())


async def _conversation(request: StaffRequest) -> str:
    header = await request.read(conversation_header, conversation_id=request.http.path_params["id"])
    if header is None or header.erased_at is not None:
        raise Refusal(404)
    return header.id


async def _of_person(request: StaffRequest, conversation_id: str) -> list[str]:
    return await request.read(persons_conversations, cipher=request.context.cipher, conversation_id=conversation_id)


async def _page(
    request: StaffRequest, conversation_id: str, *, error: str | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    ids = await _of_person(request, conversation_id)
    holds = {each: await request.read(holds_on, cipher=request.context.cipher, conversation_id=each) for each in ids}
    return request.page(
        "keeping.html",
        status=422 if error else 200,
        conversation_id=conversation_id,
        action=KEEPING_PATH.format(id=conversation_id),
        back=conversation_address(conversation_id),
        address=conversation_address,
        ids=ids,
        holds=holds[conversation_id],
        held=any(holds.values()),
        confirmation=confirmation_of(len(ids)),
        error=error,
        typed=typed or {},
    )


def _subject(conversation_id: str) -> str:
    return f"conversation/{conversation_id}"


def _back(conversation_id: str) -> Response:
    return RedirectResponse(KEEPING_PATH.format(id=conversation_id), status_code=303)
