"""The search over every date. What is searched for is sent in a form: it stands in no address, log or audit."""

from collections.abc import Mapping

from starlette.responses import Response

from candidacy.casework.inbox_filter import FilterError, InboxFilter, read_date
from candidacy.casework.search_words import read_phrases
from candidacy.console.conversations.address import message_address
from candidacy.console.conversations.inbox_line import inbox_line
from candidacy.console.number_field import read_number
from candidacy.console.staff_request import StaffRequest
from candidacy.consultation.telephone import read_telephone
from candidacy.records.console.inbox import InboxRow
from candidacy.records.console.search import Days, SearchPage, find_by_name, find_by_phone, search_messages
from candidacy.records.console.tags import known_tags

SEARCH_PATH = "/search"
WAYS = {"words": "Words in messages", "name": "Name on a request", "phone": "Phone number on a request"}
DAYS = ("written_from", "written_to")
"""The form's fields of the days within which a message was written."""
LONGEST_SEARCH = 200

NOTHING_TYPED = "Type at least one word or number to search for."
TOO_LONG = f"Search for at most {LONGEST_SEARCH} characters."
NO_DATE = "Choose dates of the calendar, like 2026-03-08, or leave them empty."
NO_NUMBER = "Type one whole phone number, with its area code."


async def search_page(request: StaffRequest) -> Response:
    """GET /search: the form."""
    return await _page(request, {})


async def search(request: StaffRequest) -> Response:
    """POST /search: what was found, the newest first; `before` goes on with older messages."""
    form = request.form
    by, words = form.get("by", ""), form.get("words", "").strip()
    by = by if by in WAYS else "words"
    number = read_telephone(words, region=request.context.settings.clinic_region) if by == "phone" else None
    error = _error(by, words, number)
    if error:
        return await _page(request, form, error=error)
    if by == "words":
        try:
            return await _messages(request, words, _days(form))
        except FilterError:
            return await _page(request, form, error=NO_DATE)
    if number is not None:
        rows = await request.read(find_by_phone, cipher=request.context.cipher, phone_e164=number)
    else:
        rows = await request.read(find_by_name, cipher=request.context.cipher, name=words)
    await request.note(request.entry(detail={"by": by, "found": len(rows)}))
    return await _page(request, form, found=rows)


def _error(by: str, words: str, number: str | None) -> str | None:
    if not read_phrases(words):
        return NOTHING_TYPED
    if len(words) > LONGEST_SEARCH:
        return TOO_LONG
    return NO_NUMBER if by == "phone" and number is None else None


def _days(form: Mapping[str, str]) -> Days:
    """When the messages were written; raises FilterError where a day is none."""
    given = [form.get(name, "").strip() for name in DAYS]
    first, last = (read_date(name, text) if text else None for name, text in zip(DAYS, given, strict=True))
    return Days(first=first, last=last)


async def _messages(request: StaffRequest, words: str, written: Days) -> Response:
    form = request.form
    page = await request.read(
        search_messages,
        words=words,
        narrowed=InboxFilter(tag=form.get("tag", "").strip() or None),
        timezone=request.context.settings.timezone,
        written=written,
        before=read_number(form.get("before", "")),
    )
    await request.note(request.entry(detail={"by": "words", "found": len(page.hits)}))
    return await _page(request, form, hits=page)


async def _page(
    request: StaffRequest,
    typed: Mapping[str, str],
    *,
    hits: SearchPage | None = None,
    found: list[InboxRow] | None = None,
    error: str | None = None,
) -> Response:
    pages = request.context.pages
    return request.page(
        "search.html",
        status=422 if error else 200,
        ways=WAYS,
        tags=await request.read(known_tags),
        typed=typed,
        hits=hits,
        message_address=message_address,
        lines=None if found is None else [inbox_line(row, labels=pages.labels, written=pages.written) for row in found],
        error=error,
    )
