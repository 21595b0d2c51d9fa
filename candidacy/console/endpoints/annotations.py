"""What staff put beside a conversation, which never reaches the visitor: notes, tags, and that a red flag was seen."""

from collections.abc import Callable
from typing import Any

from starlette.responses import RedirectResponse, Response

from candidacy.console.conversations.address import conversation_address
from candidacy.console.endpoints.transcript import GONE, conversation_of, shown, subject_of
from candidacy.console.errors import Refusal
from candidacy.console.staff_request import StaffRequest
from candidacy.records.audit import Entry
from candidacy.records.console.notes import add_note
from candidacy.records.console.red_flags import acknowledge as acknowledge_red_flags
from candidacy.records.console.tags import add_tag, remove_tag
from candidacy.records.conversation_lock import ConversationError

LONGEST_NOTE = 4000


async def acknowledge(request: StaffRequest) -> Response:
    """POST /conversations/{id}/acknowledge: every red flag of it, by name."""
    return await _done(
        request,
        lambda count: _entry(request, {"red_flags": count}),
        acknowledge_red_flags,
        staff_id=request.account.id,
        now=request.context.now(),
    )


async def note(request: StaffRequest) -> Response:
    """POST /conversations/{id}/notes."""
    text = request.form.get("text", "").strip()
    if not text or len(text) > LONGEST_NOTE:
        said = f"A note must have 1 to {LONGEST_NOTE} characters. It was not kept."
        return await shown(request, conversation_of(request), status=422, error=said)
    return await _done(
        request,
        lambda note_id: _entry(request, {"note": note_id}),
        add_note,
        cipher=request.context.cipher,
        staff_id=request.account.id,
        text=text,
        now=request.context.now(),
    )


async def tag(request: StaffRequest) -> Response:
    """POST /conversations/{id}/tags."""
    return await _done(
        request,
        _entry(request),
        add_tag,
        staff_id=request.account.id,
        tag=request.form.get("tag", ""),
        now=request.context.now(),
    )


async def untag(request: StaffRequest) -> Response:
    """POST /conversations/{id}/tags/remove."""
    return await _done(request, _entry(request), remove_tag, tag=request.form.get("tag", ""))


def _entry(request: StaffRequest, detail: dict[str, Any] | None = None) -> Entry:
    return request.entry(subject=subject_of(conversation_of(request)), detail=detail)


async def _done(
    request: StaffRequest, entry: Entry | Callable[[Any], Entry], query: Callable[..., Any], **options: Any
) -> Response:
    conversation_id = conversation_of(request)
    try:
        await request.change(entry, query, conversation_id=conversation_id, **options)
    except ConversationError:
        raise Refusal(404, GONE) from None
    except ValueError as error:
        # What the records say of a note or tag, which quotes nothing of it.
        return await shown(request, conversation_id, status=422, error=f"{str(error).capitalize()}.")
    request.context.news.announce(conversation_id)
    return RedirectResponse(conversation_address(conversation_id), status_code=303)
