"""The hours in which the clinic may begin a conversation by text, in the recipient's time. Not asked for answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone as numbering

from candidacy.language.rule_files import RuleError, read_rule_file

HOURS_FILE = Path(__file__).parent / "quiet_hours.yml"

Window = tuple[time, time]
"""From when to when, the end excluded."""

_UNKNOWN_ZONE = "Etc/Unknown"
_DAYS_AHEAD = 9
"""In more than a week every day of the week has come, whatever the clocks do in between."""
_DAYS = ("weekdays",) * 5 + ("saturday", "sunday")
_CLOSED = "closed"
_NORTH_AMERICA = 1


@dataclass(frozen=True)
class Hours:
    """The window of each day of the week (0 is Monday), None where texting may not begin at all."""

    days: Sequence[Window | None]

    def is_open(self, local: datetime) -> bool:
        """Whether a local time lies in the window of its day."""
        window = self.days[local.weekday()]
        return window is not None and window[0] <= local.time() < window[1]


@dataclass(frozen=True)
class QuietHours:
    """The content of quiet_hours.yml.

    Attributes:
        usual: the hours everywhere.
        stricter: the hours of the states that have their own, by area code.
        also_in: further time zones of an area code, beside those that the numbering data names.
        unknown_zones: the zones that a number of unknown place may be in.
    """

    usual: Hours
    stricter: Mapping[str, Hours]
    also_in: Mapping[str, Sequence[str]]
    unknown_zones: Sequence[str]


def load_quiet_hours(path: Path = HOURS_FILE) -> QuietHours:
    """Read the hours.

    Raises:
        RuleError: the file cannot be used; the message names it and the entry that is wrong.
    """
    content = read_rule_file(path)
    try:
        usual = _hours(content["usual"], default=None)
        stricter = {
            str(code): _hours(state, default=usual)
            for state in content["states"].values()
            for code in state["area_codes"]
        }
        also_in: dict[str, list[str]] = {}
        for zone, codes in content["also_in"].items():
            for code in codes:
                also_in.setdefault(str(code), []).append(ZoneInfo(zone).key)
        unknown = tuple(ZoneInfo(zone).key for zone in content["unknown"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RuleError(f"{path}: {error!r}; see the explanation at its top") from error
    return QuietHours(usual=usual, stricter=stricter, also_in=also_in, unknown_zones=unknown)


def may_begin(number: str, at: datetime, hours: QuietHours) -> bool:
    """Whether the clinic may text a number now without having been texted: it is open in every zone it may be in.

    Args:
        number: E.164.
        at: an instant with its time zone.
        hours: see `load_quiet_hours`.

    Raises:
        ValueError: the instant has no time zone, or the number is none.
    """
    return _may_begin(_zones(number, hours), at, _hours_of(number, hours))


def next_opening(number: str, at: datetime, hours: QuietHours) -> datetime:
    """The first instant from `at` on at which the clinic may begin, in UTC; `at` itself when it may now.

    Raises:
        ValueError: as `may_begin`, or there is no hour of a week that is open in all the number's zones.
    """
    zones, own_hours = _zones(number, hours), _hours_of(number, hours)
    openings = sorted(
        datetime.combine(at.astimezone(zone).date() + timedelta(days=days), opens, tzinfo=zone).astimezone(timezone.utc)
        for zone, days in product(zones, range(_DAYS_AHEAD))
        for opens in {window[0] for window in own_hours.days if window}
    )
    for instant in (at.astimezone(timezone.utc), *(opening for opening in openings if opening > at)):
        if _may_begin(zones, instant, own_hours):
            return instant
    raise ValueError("no hour of the week is open in all the time zones that this number may be in")


def local_times(number: str, at: datetime, hours: QuietHours) -> tuple[datetime, ...]:
    """An instant in each time zone that a number may be in, the earliest first; raises ValueError as `may_begin`."""
    times = {at.astimezone(zone).replace(tzinfo=None): at.astimezone(zone) for zone in _zones(number, hours)}
    return tuple(times[local] for local in sorted(times))


def _may_begin(zones: Sequence[ZoneInfo], at: datetime, hours: Hours) -> bool:
    if at.tzinfo is None:
        raise ValueError("the instant must have a time zone")
    return all(hours.is_open(at.astimezone(zone)) for zone in zones)


def _zones(number: str, hours: QuietHours) -> tuple[ZoneInfo, ...]:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException as error:
        raise ValueError("the number must be E.164, like +12124300312") from error
    named = numbering.time_zones_for_number(parsed)
    known = [zone for zone in named if zone != _UNKNOWN_ZONE] or hours.unknown_zones
    return tuple(ZoneInfo(zone) for zone in dict.fromkeys((*known, *hours.also_in.get(_area_code(number), ()))))


def _hours_of(number: str, hours: QuietHours) -> Hours:
    return hours.stricter.get(_area_code(number), hours.usual)


def _area_code(number: str) -> str:
    """The three digits after +1; "" for other countries' numbers."""
    return number[2:5] if number.startswith(f"+{_NORTH_AMERICA}") else ""


def _hours(days: Mapping[str, str], *, default: Hours | None) -> Hours:
    windows = {day: _window(days[day]) for day in dict.fromkeys(_DAYS) if day in days}
    if default is None:
        return Hours(days=tuple(windows[day] for day in _DAYS))
    return Hours(days=tuple(windows[day] if day in windows else default.days[place] for place, day in enumerate(_DAYS)))


def _window(text: str) -> Window | None:
    if text == _CLOSED:
        return None
    opens, closes = (time.fromisoformat(part) for part in text.split("-"))
    if opens >= closes:
        raise ValueError(f"{text} must open before it closes")
    return opens, closes
