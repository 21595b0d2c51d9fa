"""Out of the console: lists as CSV, and one conversation as a page to print; each for a reason that the audit keeps."""

from collections.abc import Mapping

from sqlalchemy.orm import Session
from starlette.responses import Response

from candidacy.casework.clinic_time import day_of
from candidacy.casework.csv_file import ExportMark, csv_text
from candidacy.casework.inbox_filter import FilterError, InboxFilter, read_filter
from candidacy.casework.reason import ReasonError, checked_reason
from candidacy.console.conversations.address import conversation_address
from candidacy.console.errors import Refusal
from candidacy.console.lists import LISTS, MOST_ROWS, Asked, ListTooLong
from candidacy.console.numbers_view import DatesError, checked_dates
from candidacy.console.staff_request import StaffRequest
from candidacy.records.console.beside import beside_transcript
from candidacy.records.console.transcript import (
    ConversationHeader,
    TranscriptMessage,
    conversation_header,
    transcript_after,
)

EXPORTS_PATH = "/exports"
PRINT_PATH = "/conversations/{id}/print"
TOO_LONG = f"The list has more than {MOST_ROWS} rows, and none of it was taken out. Choose fewer days."


async def exports_page(request: StaffRequest) -> Response:
    """GET /exports."""
    return _page(request)


async def export(request: StaffRequest) -> Response:
    """POST /exports: a list as CSV (RFC 4180, UTF-8)."""
    form, name = request.form, request.form.get("list", "")
    if name not in LISTS:
        return _page(request, error=f"The list must be one of {', '.join(LISTS)}.", typed=form)
    try:
        reason, dates = checked_reason(form.get("reason", "")), _dates(request, form)
        found = await request.read(LISTS[name], _asked(request, dates))
    except (ReasonError, FilterError, DatesError) as error:
        said = str(error).rstrip(".")
        return _page(request, error=f"{said[0].upper()}{said[1:]}.", typed=form)
    except ListTooLong:
        return _page(request, error=TOO_LONG, typed=form)
    detail = {"list": name, "rows": len(found.rows), "from": str(dates.begun_from), "to": str(dates.begun_to)}
    await request.note(request.entry(reason=reason, detail=detail))
    file_name = f"{name}-{day_of(request.context.now(), timezone=request.context.settings.timezone)}.csv"
    return Response(
        csv_text(found.header, found.rows, mark=_mark(request, reason)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


async def print_form(request: StaffRequest) -> Response:
    """GET /conversations/{id}/print: asks why."""
    return _print_form(request, await _header(request))


async def print_page(request: StaffRequest) -> Response:
    """POST /conversations/{id}/print: everything of one conversation on one page, with a mark of who and when."""
    header = await _header(request)
    try:
        reason = checked_reason(request.form.get("reason", ""))
    except ReasonError as error:
        return _print_form(request, header, error=str(error))
    messages = await request.read(whole_transcript, conversation_id=header.id)
    beside = await request.read(beside_transcript, cipher=request.context.cipher, conversation_id=header.id)
    detail = {"messages": len(messages)}
    await request.note(request.entry(subject=f"conversation/{header.id}", reason=reason, detail=detail))
    return request.page("printed.html", header=header, messages=messages, beside=beside, mark=_mark(request, reason))


def whole_transcript(session: Session, *, conversation_id: str) -> list[TranscriptMessage]:
    """Every message of a conversation, the oldest first."""
    found: list[TranscriptMessage] = []
    while more := transcript_after(
        session, conversation_id=conversation_id, position=found[-1].position if found else 0
    ):
        found += more
    return found


def _dates(request: StaffRequest, form: Mapping[str, str]) -> InboxFilter:
    today = day_of(request.context.now(), timezone=request.context.settings.timezone)
    return checked_dates(read_filter(form), today=today)


def _asked(request: StaffRequest, dates: InboxFilter) -> Asked:
    return Asked(dates=dates, cipher=request.context.cipher, rules=request.context.rules)


def _mark(request: StaffRequest, reason: str) -> ExportMark:
    return ExportMark(
        who=f"{request.account.full_name} ({request.account.sign_in_name})", at=request.context.now(), reason=reason
    )


async def _header(request: StaffRequest) -> ConversationHeader:
    header = await request.read(conversation_header, conversation_id=request.http.path_params["id"])
    if header is None or header.erased_at is not None:
        raise Refusal(404)
    return header


def _page(request: StaffRequest, *, error: str | None = None, typed: Mapping[str, str] | None = None) -> Response:
    dates = checked_dates(
        InboxFilter(), today=day_of(request.context.now(), timezone=request.context.settings.timezone)
    )
    return request.page(
        "exports.html", status=422 if error else 200, lists=tuple(LISTS), dates=dates, error=error, typed=typed or {}
    )


def _print_form(request: StaffRequest, header: ConversationHeader, *, error: str | None = None) -> Response:
    return request.page(
        "print_form.html",
        status=422 if error else 200,
        action=PRINT_PATH.format(id=header.id),
        back=conversation_address(header.id),
        error=error,
        typed=request.form,
    )
