"""How pages write instants and days: as the clinic's clock and calendar show them. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup


def shown_moment(instant: datetime | None, *, timezone: ZoneInfo) -> str:
    """An instant as a `time` element in the clinic's time zone, to the minute; a dash for none."""
    if instant is None:
        return "–"  # noqa: RUF001
    written = written_moment(instant, timezone=timezone)
    return Markup('<time datetime="{}">{}</time>').format(instant.isoformat(timespec="seconds"), written)


def written_moment(instant: datetime, *, timezone: ZoneInfo) -> str:
    """An instant as plain text in a time zone, to the minute."""
    local = instant.astimezone(timezone)
    return f"{written_day(local)}, {local:%H:%M}"


def written_day(day: date) -> str:
    """A day as plain text."""
    return f"{day:%b} {day.day}, {day.year}"
