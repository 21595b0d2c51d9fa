"""The inbox: conversations by last activity, red flags first, narrowed by filters that live in the address."""

from dataclasses import asdict

from starlette.responses import JSONResponse, RedirectResponse, Response

from candidacy.casework.inbox_filter import FilterError, InboxFilter, filter_parameters, read_filter
from candidacy.console.conversations.address import CURSOR, INBOX_PATH, ROWS_PATH, inbox_address, read_cursor
from candidacy.console.conversations.filter_words import narrowings
from candidacy.console.conversations.inbox_line import InboxLine, inbox_line
from candidacy.console.errors import Refusal, Words
from candidacy.console.moments import written_day
from candidacy.console.staff_request import StaffRequest
from candidacy.records.console.inbox import InboxPage
from candidacy.records.console.inbox import inbox_page as read_inbox_page
from candidacy.records.console.saved_filters import forget_filter, save_filter, saved_filters_of
from candidacy.records.console.tags import known_tags
from candidacy.records.staff.accounts import list_accounts

FILTERS_PATH = "/inbox/filters"
CARRIED = ("red_flag_level", "stage", "dropped_at", "topic", "wait_end", "waited")
"""Filters without a field of their own: the numbers link to them, and the form keeps them."""
FILTER_UNREADABLE = "This filter cannot be read"


async def inbox_page(request: StaffRequest) -> Response:
    """GET /inbox?<filter>&after=."""
    narrowed = _filter(dict(request.http.query_params))
    page = await _read(request, narrowed)
    await request.note(
        request.entry(detail={"filters": sorted(filter_parameters(narrowed)), "conversations": len(page.rows)})
    )
    return await _page(request, narrowed, page)


async def inbox_rows(request: StaffRequest) -> Response:
    """GET /inbox/rows?<filter>: the inbox as it is now, for a page of it that is open, and in the audit already."""
    narrowed = _filter(dict(request.http.query_params))
    page = await _read(request, narrowed)
    return JSONResponse({"rows": [asdict(line) for line in _lines(request, page)], "older": _older(narrowed, page)})


async def save(request: StaffRequest) -> Response:
    """POST /inbox/filters: the filter that is shown, kept under a name."""
    narrowed = _filter(dict(request.form))
    try:
        await request.change(
            request.entry(detail={"filters": sorted(filter_parameters(narrowed))}),
            save_filter,
            staff_id=request.account.id,
            name=request.form.get("name", ""),
            narrowed=narrowed,
            now=request.context.now(),
        )
    except ValueError as error:
        page = await _read(request, narrowed)
        return await _page(request, narrowed, page, error=f"{str(error).capitalize()}.")
    return RedirectResponse(inbox_address(narrowed), status_code=303)


async def forget(request: StaffRequest) -> Response:
    """POST /inbox/filters/{id}/forget."""
    filter_id = request.path_number("id")
    forgotten = await request.change(
        request.entry(subject=f"filter/{filter_id}"), forget_filter, staff_id=request.account.id, filter_id=filter_id
    )
    if not forgotten:
        raise Refusal(404)
    return RedirectResponse(INBOX_PATH, status_code=303)


def _filter(parameters: dict[str, str]) -> InboxFilter:
    try:
        return read_filter(parameters)
    except FilterError as error:
        raise Refusal(
            400, Words(FILTER_UNREADABLE, f"{str(error).capitalize()}. Choose it anew in the inbox.")
        ) from None


async def _read(request: StaffRequest, narrowed: InboxFilter) -> InboxPage:
    return await request.read(
        read_inbox_page,
        narrowed=narrowed,
        timezone=request.context.settings.timezone,
        after=read_cursor(request.http.query_params),
    )


def _lines(request: StaffRequest, page: InboxPage) -> list[InboxLine]:
    pages = request.context.pages
    return [inbox_line(row, labels=pages.labels, written=pages.written) for row in page.rows]


def _older(narrowed: InboxFilter, page: InboxPage) -> str | None:
    return inbox_address(narrowed, after=page.next) if page.next else None


async def _page(request: StaffRequest, narrowed: InboxFilter, page: InboxPage, *, error: str | None = None) -> Response:
    saved = await request.read(saved_filters_of, staff_id=request.account.id)
    labels, accounts = request.context.pages.labels, await request.read(list_accounts)
    names = {person.id: person.full_name for person in accounts}
    return request.page(
        "inbox.html",
        status=422 if error else 200,
        lines=_lines(request, page),
        older=_older(narrowed, page),
        is_first=CURSOR not in request.http.query_params,
        rows_address=inbox_address(narrowed, path=ROWS_PATH),
        narrowed=narrowed,
        narrowings=narrowings(narrowed, labels=labels, people=names, written=written_day),
        parameters=filter_parameters(narrowed),
        carried=CARRIED,
        saved=[(kept, inbox_address(kept.narrowed)) for kept in saved],
        choices={kind: labels.choices(kind) for kind in ("channel", "state", "outcome")},
        tags=[(tag, tag) for tag in await request.read(known_tags)],
        people=[(person.id, person.full_name) for person in accounts if person.state != "disabled"],
        error=error,
    )
