"""The hours in which the clinic may begin a conversation by text, in the recipient's time. Never asked for replies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

HOURS_FILE = Path(__file__).parent / "time_zones.yml"

Window = tuple[time, time]
"""From when to when, the end excluded."""


@dataclass(frozen=True)
class Hours:
    """The window of each day of the week (0 is Monday), None where texting may not begin at all."""

    days: Sequence[Window | None]


@dataclass(frozen=True)
class QuietHours:
    """The content of time_zones.yml.

    Attributes:
        usual: the hours everywhere.
        stricter: the hours of the states that have their own, by area code.
        unknown_zones: the zones that a number of unknown place may be in.
    """

    usual: Hours
    stricter: Mapping[str, Hours]
    unknown_zones: Sequence[str]


def load_quiet_hours(path: Path = HOURS_FILE) -> QuietHours:
    """Read the hours; raises ValueError, naming the file, when they cannot be used."""
    raise NotImplementedError


def may_begin(number: str, at: datetime, hours: QuietHours) -> bool:
    """Whether the clinic may text this number now (E.164) without having been texted: open in every zone it may be in."""
    raise NotImplementedError


def next_opening(number: str, at: datetime, hours: QuietHours) -> datetime:
    """The first instant from `at` on at which the clinic may begin, in UTC; `at` itself when it may now."""
    raise NotImplementedError
