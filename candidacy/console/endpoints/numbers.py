"""The numbers at a glance, as plots drawn here and tables beside them; each number links to what it counts."""

from starlette.responses import Response

from candidacy.casework.clinic_time import day_of
from candidacy.casework.inbox_filter import FilterError, read_filter
from candidacy.console.conversations.address import inbox_address
from candidacy.console.numbers_view import DatesError, checked_dates, groups
from candidacy.console.spans import shown_span
from candidacy.console.staff_request import StaffRequest
from candidacy.records.console.numbers import numbers

NUMBERS_PATH = "/numbers"


async def numbers_page(request: StaffRequest) -> Response:
    """GET /numbers?begun_from=&begun_to=: of the conversations begun within these days; nothing of one person."""
    zone = request.context.settings.timezone
    today, error = day_of(request.context.now(), timezone=zone), None
    try:
        dates = checked_dates(read_filter(request.http.query_params), today=today)
    except (FilterError, DatesError) as wrong:
        said = str(wrong).rstrip(".")
        error = f"{said[0].upper()}{said[1:]}. Below are the last days instead."
        dates = checked_dates(read_filter({}), today=today)
    counted = await request.read(numbers, narrowed=dates, timezone=zone)
    return request.page(
        "numbers.html",
        status=400 if error else 200,
        dates=dates,
        error=error,
        counted=counted,
        groups=groups(counted, dates=dates),
        all_of_them=inbox_address(dates),
        address=inbox_address,
        span=shown_span,
    )
