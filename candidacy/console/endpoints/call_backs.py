"""The call-backs: the queue by due time, who takes one, each attempt and what came of it, and the end."""

from collections.abc import Callable, Mapping
from datetime import datetime, timezone

from starlette.responses import RedirectResponse, Response

from candidacy.casework.next_attempt import read_next_attempt
from candidacy.casework.reason import ReasonError, checked_reason
from candidacy.console.conflicts import conflict
from candidacy.console.errors import Refusal
from candidacy.console.spans import shown_span
from candidacy.console.staff_request import StaffRequest
from candidacy.consultation.telephone import readable_telephone
from candidacy.records.console.call_backs import (
    CallBack,
    CallBackRefused,
    QueueCursor,
    attempts_of,
    call_back_page,
    claim_call_back,
    close_call_back,
    find_call_back,
    record_attempt,
    release_call_back,
)

CALL_BACKS_PATH = "/call-backs"
MINE = "yes"
LONGEST_NOTE = 2000
_CURSOR_SEPARATOR = "_"


async def call_backs_page(request: StaffRequest) -> Response:
    """GET /call-backs?mine=&after=: the open ones, overdue first."""
    mine = request.http.query_params.get("mine", "") == MINE
    after = read_cursor(request.http.query_params.get("after", ""))
    found, more = await request.read(
        call_back_page,
        cipher=request.context.cipher,
        assignee_id=request.account.id if mine else None,
        after=after,
    )
    await request.note(request.entry(detail={"call_backs": [call.id for call in found]}))
    return request.page(
        "call_backs.html",
        calls=found,
        mine=mine,
        first=after is None,
        next_after=None if more is None else written_cursor(more),
        now=request.context.now(),
        span=shown_span,
        telephone=_telephone(request),
    )


async def call_back(request: StaffRequest) -> Response:
    """GET /call-backs/{id}."""
    found = await _found(request)
    await request.note(
        request.entry(subject=_subject(found.id), detail={"conversation": found.conversation_id}),
    )
    return await _page(request, found)


async def claim(request: StaffRequest) -> Response:
    """POST /call-backs/{id}/claim."""
    found = await _found(request)
    mine = await request.change(
        lambda mine: request.entry(subject=_subject(found.id), outcome="done" if mine else "refused"),
        claim_call_back,
        call_back_id=found.id,
        staff_id=request.account.id,
        now=request.context.now(),
    )
    if not mine:
        raise Refusal(409)
    return _back_to(found.id)


async def release(request: StaffRequest) -> Response:
    """POST /call-backs/{id}/release."""
    found = await _found(request)
    released = await request.change(
        lambda released: request.entry(subject=_subject(found.id), outcome="done" if released else "refused"),
        release_call_back,
        call_back_id=found.id,
        staff_id=request.account.id,
    )
    if not released:
        raise Refusal(409)
    return RedirectResponse(CALL_BACKS_PATH, status_code=303)


async def attempt(request: StaffRequest) -> Response:
    """POST /call-backs/{id}/attempts: what came of a call."""
    found, form = await _found(request), request.form
    rules, outcome = request.context.rules.call_backs, form.get("outcome", "")
    try:
        rule = rules.rule(outcome)
        note = _read_note(form.get("note", ""))
        again = read_next_attempt(
            form.get("next_attempt_at", ""), now=request.context.now(), zone=request.context.settings.timezone
        )
    except ValueError as error:
        return await _page(request, found, error=_sentence(error), typed=form)
    if rule.closes and again is not None:
        said = "This outcome closes the call-back, so there is no next attempt: empty its time, or choose another."
        return await _page(request, found, error=said, typed=form)
    try:
        await request.change(
            request.entry(subject=_subject(found.id), detail={"outcome": outcome}),
            record_attempt,
            cipher=request.context.cipher,
            rules=rules,
            call_back_id=found.id,
            staff_id=request.account.id,
            outcome=outcome,
            note=note,
            next_attempt_at=again,
            now=request.context.now(),
        )
    except CallBackRefused as refused:
        raise await conflict(request, subject=_subject(found.id), said=str(refused)) from None
    return _back_to(found.id)


async def close(request: StaffRequest) -> Response:
    """POST /call-backs/{id}/close: without a call, and with the reason why."""
    found = await _found(request)
    try:
        reason = checked_reason(request.form.get("reason", ""))
    except ReasonError as error:
        return await _page(request, found, error=str(error), typed=request.form)
    try:
        await request.change(
            request.entry(subject=_subject(found.id), reason=reason),
            close_call_back,
            call_back_id=found.id,
            staff_id=request.account.id,
            now=request.context.now(),
        )
    except CallBackRefused as refused:
        raise await conflict(request, subject=_subject(found.id), said=str(refused), reason=reason) from None
    return RedirectResponse(CALL_BACKS_PATH, status_code=303)


def written_cursor(cursor: QueueCursor) -> str:
    """Where a page ended, as it stands in an address."""
    due_at = cursor.due_at.astimezone(timezone.utc).replace(tzinfo=None)
    return f"{due_at.isoformat()}{_CURSOR_SEPARATOR}{cursor.id}"


def read_cursor(text: str) -> QueueCursor | None:
    """What `written_cursor` wrote; None for nothing.

    Raises:
        Refusal: it is not such a text.
    """
    if not text:
        return None
    due_at, _, number = text.rpartition(_CURSOR_SEPARATOR)
    try:
        return QueueCursor(due_at=datetime.fromisoformat(due_at).replace(tzinfo=timezone.utc), id=_id(number))
    except ValueError:
        raise Refusal(400) from None


def _id(number: str) -> int:
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise ValueError("not the number of a call-back")
    return int(number)


async def _found(request: StaffRequest) -> CallBack:
    found = await request.read(find_call_back, cipher=request.context.cipher, call_back_id=request.path_number("id"))
    if found is None:
        raise Refusal(404)
    return found


async def _page(
    request: StaffRequest, found: CallBack, *, error: str | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    attempts = await request.read(attempts_of, cipher=request.context.cipher, call_back_id=found.id)
    return request.page(
        "call_back.html",
        status=422 if error else 200,
        call=found,
        attempts=attempts,
        outcomes=request.context.rules.call_backs.outcomes,
        hours=str(request.context.settings.hours),
        now=request.context.now(),
        span=shown_span,
        telephone=_telephone(request),
        error=error,
        typed=typed or {},
    )


def _telephone(request: StaffRequest) -> Callable[[str], str]:
    region = request.context.settings.clinic_region
    return lambda number: readable_telephone(number, region=region)


def _read_note(text: str) -> str | None:
    note = text.strip()
    if len(note) > LONGEST_NOTE:
        raise ValueError(f"The note must have at most {LONGEST_NOTE} characters; it has {len(note)}.")
    return note or None


def _sentence(error: ValueError) -> str:
    said = str(error)
    return f"{said[0].upper()}{said[1:]}{'' if said.endswith('.') else '.'}"


def _subject(call_back_id: int) -> str:
    return f"call-back/{call_back_id}"


def _back_to(call_back_id: int) -> Response:
    return RedirectResponse(f"{CALL_BACKS_PATH}/{call_back_id}", status_code=303)
