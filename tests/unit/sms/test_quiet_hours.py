"""When the clinic may begin a conversation by text."""

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import geocoder

from candidacy.language.rule_files import RuleError
from candidacy.sms.quiet_hours import HOURS_FILE, Hours, load_quiet_hours, may_begin, next_opening

HOURS = load_quiet_hours()
NEW_YORK, CHICAGO, PHOENIX = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago"), ZoneInfo("America/Phoenix")
LOS_ANGELES, HONOLULU = ZoneInfo("America/Los_Angeles"), ZoneInfo("Pacific/Honolulu")

IN_NEW_YORK, IN_CHICAGO, IN_PHOENIX = "+12125550123", "+13125550123", "+16025550123"
IN_LOS_ANGELES, IN_HONOLULU = "+12135550123", "+18085550123"
TOLL_FREE = "+18005550123"
HOMES = {
    IN_NEW_YORK: NEW_YORK,
    IN_CHICAGO: CHICAGO,
    IN_PHOENIX: PHOENIX,
    IN_LOS_ANGELES: LOS_ANGELES,
    IN_HONOLULU: HONOLULU,
}
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
"""When the clocks change in the US in 2026."""


def wednesday(hour: int, minute: int = 0, *, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime(2026, 4, 1, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(("hour", "minute", "open_"), [(7, 59, False), (8, 0, True), (20, 59, True), (21, 0, False)])
@pytest.mark.parametrize("number", HOMES)
def test_from_8_to_21_in_the_recipients_time(number: str, hour: int, minute: int, open_: bool) -> None:
    at = wednesday(hour, minute, zone=HOMES[number])
    assert may_begin(number, at, HOURS) is open_
    assert may_begin(number, at.astimezone(timezone.utc), HOURS) is open_


@pytest.mark.parametrize(
    ("number", "at", "open_"),
    [
        ("+13055550123", wednesday(20), False),  # Florida closes at 20
        ("+13055550123", wednesday(19, 59), True),
        ("+14055550123", wednesday(20, zone=CHICAGO), False),  # Oklahoma
        ("+12065550123", wednesday(20, zone=LOS_ANGELES), False),  # Washington
        ("+15025550123", wednesday(9, 59), False),  # Kentucky opens at 10
        ("+15025550123", wednesday(10), True),
        ("+12145550123", datetime(2026, 4, 5, 11, 59, tzinfo=CHICAGO), False),  # Texas on a Sunday
        ("+12145550123", datetime(2026, 4, 5, 12, tzinfo=CHICAGO), True),
        ("+12055550123", datetime(2026, 4, 5, 12, tzinfo=CHICAGO), False),  # Alabama on a Sunday
        ("+14015550123", datetime(2026, 4, 4, 17, tzinfo=NEW_YORK), False),  # Rhode Island on a Saturday
        ("+14015550123", datetime(2026, 4, 4, 16, 59, tzinfo=NEW_YORK), True),
        ("+18505550123", wednesday(8, 30), False),  # Florida's west is an hour behind
        ("+18505550123", wednesday(9), True),
        ("+18505550123", wednesday(20), False),
        ("+12085550123", wednesday(8, zone=LOS_ANGELES), True),  # Idaho has two zones
        ("+12085550123", wednesday(7, 30, zone=LOS_ANGELES), False),
        ("+12085550123", wednesday(20, 30, zone=LOS_ANGELES), False),
        ("+19075550123", wednesday(8, zone=ZoneInfo("America/Anchorage")), False),  # the Aleutians are behind
        ("+12005550123", wednesday(13), False),  # nowhere: also Honolulu must be open
        ("+12005550123", wednesday(14), True),
        ("+12005550123", wednesday(20, 59), True),
        ("+442079460958", wednesday(8, zone=ZoneInfo("Europe/London")), True),
        ("+442079460958", wednesday(21, zone=ZoneInfo("Europe/London")), False),
    ],
)
def test_states_and_zones(number: str, at: datetime, open_: bool) -> None:
    assert may_begin(number, at, HOURS) is open_


@pytest.mark.parametrize(
    ("number", "at", "opening"),
    [
        (IN_NEW_YORK, wednesday(12), wednesday(12)),
        (IN_NEW_YORK, wednesday(6), wednesday(8)),
        (IN_NEW_YORK, wednesday(21), wednesday(8) + timedelta(days=1)),
        (IN_LOS_ANGELES, wednesday(9), wednesday(8, zone=LOS_ANGELES)),
        ("+12055550123", datetime(2026, 4, 4, 20, tzinfo=CHICAGO), datetime(2026, 4, 6, 8, tzinfo=CHICAGO)),
        ("+12085550123", wednesday(9), wednesday(8, zone=LOS_ANGELES)),
        (IN_NEW_YORK, datetime(2026, 3, 7, 22, tzinfo=NEW_YORK), datetime(2026, 3, 8, 12, tzinfo=timezone.utc)),
        (IN_NEW_YORK, datetime(2026, 10, 31, 22, tzinfo=NEW_YORK), datetime(2026, 11, 1, 13, tzinfo=timezone.utc)),
        (IN_PHOENIX, datetime(2026, 3, 7, 22, tzinfo=PHOENIX), datetime(2026, 3, 8, 15, tzinfo=timezone.utc)),
    ],
)
def test_next_opening(number: str, at: datetime, opening: datetime) -> None:
    found = next_opening(number, at, HOURS)
    assert found == opening
    assert found.tzinfo is timezone.utc


AROUND_THE_CHANGES = st.builds(
    lambda day, minutes: datetime.combine(day, time(), tzinfo=timezone.utc) + timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN]),
    st.integers(-2 * 24 * 60, 3 * 24 * 60),
)


@settings(deadline=None)
@given(st.sampled_from(sorted(HOMES)), AROUND_THE_CHANGES)
@example(IN_NEW_YORK, datetime(2026, 3, 8, 11, 59, tzinfo=timezone.utc))
@example(IN_NEW_YORK, datetime(2026, 11, 1, 12, 59, tzinfo=timezone.utc))
def test_the_clock_on_the_recipients_wall_decides_also_when_it_is_changed(number: str, at: datetime) -> None:
    assert may_begin(number, at, HOURS) is (8 <= at.astimezone(HOMES[number]).hour < 21)


NUMBERS = st.sampled_from(
    [*HOMES, TOLL_FREE, "+18505550123", "+12085550123", "+14015550123", "+12055550123", "+12005550123"]
)


@settings(deadline=None)
@given(NUMBERS, AROUND_THE_CHANGES)
def test_it_opens_then_and_not_before(number: str, at: datetime) -> None:
    opening = next_opening(number, at, HOURS)
    assert opening >= at
    assert may_begin(number, opening, HOURS)
    if may_begin(number, at, HOURS):
        assert opening == at
    else:
        waits = range(0, int((opening - at) / timedelta(minutes=1)), 17)
        assert not any(may_begin(number, at + timedelta(minutes=minutes), HOURS) for minutes in waits)
        assert not may_begin(number, opening - timedelta(seconds=1), HOURS)


def test_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        may_begin(IN_NEW_YORK, datetime(2026, 4, 1, 12), HOURS)


def test_no_number() -> None:
    with pytest.raises(ValueError, match=r"E\.164"):
        may_begin("12345", wednesday(12), HOURS)


def test_hours_that_never_come() -> None:
    closed = Hours(days=(None,) * 7)
    with pytest.raises(ValueError, match="no hour of the week"):
        next_opening("+13055550123", wednesday(12), HOURS.__class__(closed, {}, {}, ()))


ABBREVIATIONS = {"Washington": "WA"} | {
    "Alabama": "AL", "Connecticut": "CT", "Florida": "FL", "Kentucky": "KY", "Louisiana": "LA", "Maine": "ME",
    "Maryland": "MD", "Massachusetts": "MA", "Minnesota": "MN", "Mississippi": "MS", "Nevada": "NV",
    "New Mexico": "NM", "Oklahoma": "OK", "Pennsylvania": "PA", "Rhode Island": "RI", "South Dakota": "SD",
    "Texas": "TX", "Utah": "UT", "Wyoming": "WY",
}  # fmt: skip


def area_codes() -> list[tuple[str, int]]:
    states = yaml.safe_load(HOURS_FILE.read_text(encoding="utf-8"))["states"]
    return [(state, code) for state, entry in states.items() for code in entry["area_codes"]]


@pytest.mark.parametrize(("state", "code"), area_codes())
def test_the_area_codes_are_the_states(state: str, code: int) -> None:
    place = geocoder.description_for_number(phonenumbers.parse(f"+1{code}5550123"), "en")
    assert place in ("", "United States") or state in place or place.endswith(f", {ABBREVIATIONS[state]}")


def test_no_area_code_is_in_two_states() -> None:
    codes = [code for _, code in area_codes()]
    assert len(codes) == len(set(codes)) == len(HOURS.stricter)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('sunday: "12:00-21:00"', 'sunday: "21:00-12:00"', "open before it closes"),
        ('sunday: "12:00-21:00"', "sunday: noon", "noon"),
        ("America/Boise:", "America/Bosie:", "Bosie"),
        ("area_codes: [401]", "codes: [401]", "area_codes"),
        ("usual:", "usually:", "usual"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "quiet_hours.yml"
    file.write_text(HOURS_FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=complaint) as error:
        load_quiet_hours(file)
    assert str(file) in str(error.value)
