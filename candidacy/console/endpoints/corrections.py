"""Corrections: staff say what a message was meant as, and a second person decides whether it may teach."""

from collections.abc import Mapping
from functools import partial

from starlette.responses import RedirectResponse, Response

from candidacy.casework.correction import NO_DANGER, RED_FLAG, SCREENING_VALUES, SUBJECTS, VOLUNTEERED, CorrectionError
from candidacy.console.conflicts import conflict
from candidacy.console.conversations.address import message_address
from candidacy.console.correction_words import meant_words
from candidacy.console.errors import Refusal, Words
from candidacy.console.number_field import read_number
from candidacy.console.staff_request import StaffRequest
from candidacy.records.console.corrections import (
    PAGE_LENGTH,
    CorrectionRefused,
    Misread,
    corrections_page,
    decide_correction,
    find_misread,
    propose_correction,
)
from candidacy.records.console.tables import CORRECTION_STATES
from candidacy.records.console.transcript import ConversationHeader, conversation_header
from candidacy.records.conversation_lock import ConversationError

CORRECTIONS_PATH = "/corrections"
CORRECTION_PATH = "/conversations/{id}/messages/{message:int}/correction"
"""The message is named by its position; of a reply, it is the message that it replied to."""
_LEVEL_SEPARATOR = ":"
_CANNOT_BE_CORRECTED = "This message cannot be corrected"


async def correction_page(request: StaffRequest) -> Response:
    """GET /conversations/{id}/messages/{message}/correction."""
    header, misread = await _find(request)
    await request.note(request.entry(subject=f"conversation/{header.id}", detail={"position": misread.position}))
    return _form_page(request, header, misread)


async def propose(request: StaffRequest) -> Response:
    """POST /conversations/{id}/messages/{message}/correction."""
    conversation_id, form = request.http.path_params["id"], request.form
    kind = form.get("kind", "")
    try:
        await request.change(
            lambda made: request.entry(
                subject=f"conversation/{conversation_id}", detail={"correction": made, "kind": kind}
            ),
            propose_correction,
            cipher=request.context.cipher,
            redaction=request.context.rules.redaction,
            vocabulary=request.context.rules.vocabulary,
            conversation_id=conversation_id,
            position=request.path_number("message"),
            staff_id=request.account.id,
            kind=kind,
            meant=_meant(kind, form),
            now=request.context.now(),
        )
    except CorrectionError as error:
        said = str(error)
        return _form_page(request, *await _find(request), error=f"{said[0].upper()}{said[1:]}.", typed=form)
    except ConversationError:
        raise Refusal(404) from None
    except CorrectionRefused as refused:
        raise _not_correctable(refused) from None
    return RedirectResponse(f"{CORRECTIONS_PATH}?state=proposed", status_code=303)


async def corrections(request: StaffRequest) -> Response:
    """GET /corrections?state=&after=: in one state, the oldest first."""
    state = request.http.query_params.get("state") or CORRECTION_STATES[0]
    if state not in CORRECTION_STATES:
        raise Refusal(400)
    after = read_number(request.http.query_params.get("after", "")) or 0
    # One more than is shown tells whether there are more.
    found = await request.read(corrections_page, state=state, after=after, limit=PAGE_LENGTH + 1)
    shown = found[:PAGE_LENGTH]
    await request.note(request.entry(detail={"corrections": [correction.id for correction in shown]}))
    return request.page(
        "corrections.html",
        corrections=shown,
        state=state,
        states=CORRECTION_STATES,
        first=not after,
        next_after=shown[-1].id if len(found) > PAGE_LENGTH else None,
        message_address=message_address,
        meant_words=partial(meant_words, labels=request.context.pages.labels),
    )


async def approve(request: StaffRequest) -> Response:
    """POST /corrections/{id}/approve: with the text as it may leave."""
    return await _decide(request, approved=True, text=request.form.get("text"))


async def reject(request: StaffRequest) -> Response:
    """POST /corrections/{id}/reject."""
    return await _decide(request, approved=False, text=None)


async def _decide(request: StaffRequest, *, approved: bool, text: str | None) -> Response:
    correction_id = request.path_number("id")
    subject = f"correction/{correction_id}"
    try:
        await request.change(
            request.entry(subject=subject),
            decide_correction,
            correction_id=correction_id,
            reviewer_id=request.account.id,
            approved=approved,
            text=text,
            now=request.context.now(),
        )
    except CorrectionRefused as refused:
        raise await conflict(request, subject=subject, said=str(refused)) from None
    return RedirectResponse(CORRECTIONS_PATH, status_code=303)


async def _find(request: StaffRequest) -> tuple[ConversationHeader, Misread]:
    conversation_id, position = request.http.path_params["id"], request.path_number("message")
    header = await request.read(conversation_header, conversation_id=conversation_id)
    if header is None or header.erased_at is not None:
        raise Refusal(404)
    try:
        misread = await request.read(
            find_misread,
            cipher=request.context.cipher,
            redaction=request.context.rules.redaction,
            conversation_id=conversation_id,
            position=position,
        )
    except CorrectionRefused as refused:
        raise _not_correctable(refused) from None
    return header, misread


def _form_page(
    request: StaffRequest,
    header: ConversationHeader,
    misread: Misread,
    *,
    error: str | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    vocabulary, topic_words = request.context.rules.vocabulary, request.context.pages.labels.topic
    return request.page(
        "correction.html",
        status=422 if error else 200,
        misread=misread,
        vocabulary=vocabulary,
        topics=sorted((topic_words(topic), topic) for topic in vocabulary.topics),
        values=SCREENING_VALUES,
        subjects=SUBJECTS,
        volunteered=VOLUNTEERED,
        no_danger=f"{NO_DANGER}{_LEVEL_SEPARATOR}{NO_DANGER}",
        action=request.http.url.path,
        back=message_address(header.id, misread.position, last_position=header.last_position),
        error=error,
        typed=typed or {},
    )


def _meant(kind: str, form: Mapping[str, str]) -> Mapping[str, str]:
    """What a form says; danger is one choice of level and category."""
    if kind != RED_FLAG:
        return form
    level, _, category = form.get("danger", "").partition(_LEVEL_SEPARATOR)
    return {"level": level, "category": category}


def _not_correctable(refused: CorrectionRefused) -> Refusal:
    said = str(refused)
    return Refusal(404, Words(_CANNOT_BE_CORRECTED, f"{said[0].upper()}{said[1:]}. Go back and choose another."))
