"""What the inbox is narrowed to: filters that combine, and how they stand in an address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from candidacy.casework.turn_marks import DANGER_KINDS
from candidacy.casework.waiting import WAIT_ENDS, WAIT_SPANS

STAGES = ("started", "consented", "finished", "requested")
"""How far a visitor came, each stage within the one before it."""

_FLAGS = ("red_flag", "alarming", "low_confidence", "unanswered")
_DATES = ("active_from", "active_to", "begun_from", "begun_to")
_CHOICES = {
    "state": ("assistant", "waiting", "person", "closed"),
    "stage": STAGES,
    "red_flag_level": DANGER_KINDS,
    "wait_end": WAIT_ENDS,
    "waited": tuple(WAIT_SPANS),
}
_LONGEST_TEXT = 120
YES = "yes"


class FilterError(ValueError):
    """A filter is not one of ours; the message names it and says what it must be."""


@dataclass(frozen=True)
class InboxFilter:
    """What a conversation must be to be listed; a filter that is None or False asks for nothing.

    Dates are the clinic's, and both ends are within. `topic` and `dropped_at` are what the numbers link to: a topic
    that was asked about, and the question at which a screening that was agreed to was left. `red_flag_level` is the
    gravest danger of a conversation. `wait_end` is a way in which waiting for a person ended in it, and `waited` the
    span (of `WAIT_SPANS`) after which a person came.
    """

    channel: str | None = None
    state: str | None = None
    outcome: str | None = None
    tag: str | None = None
    assignee_id: int | None = None
    active_from: date | None = None
    active_to: date | None = None
    begun_from: date | None = None
    begun_to: date | None = None
    low_confidence: bool = False
    red_flag: bool = False
    alarming: bool = False
    unanswered: bool = False
    red_flag_level: str | None = None
    stage: str | None = None
    dropped_at: str | None = None
    topic: str | None = None
    wait_end: str | None = None
    waited: str | None = None


def read_filter(parameters: Mapping[str, str]) -> InboxFilter:
    """The filter of an address's parameters; others than a filter's are passed over, and empty ones ask for nothing.

    Raises:
        FilterError: a value cannot be read.
    """
    given = {name: value.strip() for name, value in parameters.items() if name in FILTER_NAMES and value.strip()}
    return InboxFilter(**{name: _read(name, value) for name, value in given.items()})


def filter_parameters(narrowed: InboxFilter) -> dict[str, str]:
    """The parameters that `read_filter` reads as this filter, in one order: equal filters have equal addresses."""
    return {name: _written(value) for name in FILTER_NAMES if (value := getattr(narrowed, name)) not in (None, False)}


def read_date(name: str, value: str) -> date:
    """The day of a field; raises FilterError, with the field's name, where it is none."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise FilterError(f"{name} must be a date like 2026-03-08") from error


FILTER_NAMES = tuple(field.name for field in fields(InboxFilter))
"""The parameters of an address that are a filter's."""


def _read(name: str, value: str) -> Any:
    if name in _FLAGS:
        if value != YES:
            raise FilterError(f"{name} must be {YES}, or left out")
        return True
    if name in _DATES:
        return read_date(name, value)
    if name == "assignee_id":
        if not (value.isascii() and value.isdecimal() and len(value) < 19):
            raise FilterError(f"{name} must be the number of a staff member")
        return int(value)
    if name in _CHOICES and value not in _CHOICES[name]:
        raise FilterError(f"{name} must be one of {', '.join(_CHOICES[name])}")
    if len(value) > _LONGEST_TEXT:
        raise FilterError(f"{name} must have at most {_LONGEST_TEXT} characters")
    return value


def _written(value: object) -> str:
    if isinstance(value, bool):
        return YES
    return value.isoformat() if isinstance(value, date) else str(value)
