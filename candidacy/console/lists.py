"""The lists that can be taken out of the console: the rows of each, without what was said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from candidacy.casework.inbox_filter import InboxFilter
from candidacy.console.casework_rules import CaseworkRules
from candidacy.console.numbers_view import groups
from candidacy.records.console.call_backs import call_back_page
from candidacy.records.console.corrections import corrections_page
from candidacy.records.console.inbox import inbox_page
from candidacy.records.console.numbers import numbers
from candidacy.records.console.tables import CORRECTION_STATES
from candidacy.records.encryption import Cipher

MOST_ROWS = 20_000
"""A longer list is refused, so that none is cut off unseen: narrow the dates."""


class ListTooLong(Exception):
    """There are more than `MOST_ROWS` rows."""


@dataclass(frozen=True)
class Asked:
    """What a list is of: the conversations begun within the filter's dates; with what opens and counts them."""

    dates: InboxFilter
    cipher: Cipher
    rules: CaseworkRules


@dataclass(frozen=True)
class ListFile:
    """A list's columns and rows."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[object]]


def conversations_list(session: Session, asked: Asked) -> ListFile:
    """The conversations begun within the dates."""
    header = ("id", "channel", "state", "outcome", "red flag", "unanswered", "assignee", "tags", "begun", "last active")
    zone = asked.rules.settings.timezone
    page = inbox_page(session, narrowed=asked.dates, timezone=zone, limit=MOST_ROWS)
    if page.next is not None:
        raise ListTooLong
    return ListFile(
        header,
        [
            (
                row.id,
                row.channel,
                row.state,
                row.outcome,
                row.red_flag,
                row.unanswered,
                row.assignee,
                " ".join(row.tags),
                row.created_at.astimezone(zone).isoformat(),
                row.last_activity_at.astimezone(zone).isoformat(),
            )
            for row in page.rows
        ],
    )


def call_backs_list(session: Session, asked: Asked) -> ListFile:
    """The open call-backs, with how to reach each person; of all dates."""
    header = (
        "id",
        "reference",
        "why",
        "name",
        "telephone",
        "method",
        "time",
        "requested",
        "due",
        "attempts",
        "assignee",
    )
    zone = asked.rules.settings.timezone
    calls, more = call_back_page(session, cipher=asked.cipher, limit=MOST_ROWS)
    if more is not None:
        raise ListTooLong
    return ListFile(
        header,
        [
            (
                call.id,
                call.reference,
                call.reason,
                call.name,
                call.phone_e164,
                call.method,
                call.time,
                call.requested_at.astimezone(zone).isoformat(),
                call.due_at.astimezone(zone).isoformat(),
                call.attempts,
                call.assignee,
            )
            for call in calls
        ],
    )


def corrections_list(session: Session, _: Asked) -> ListFile:
    """Every correction with the text that would leave; of all dates."""
    rows: list[Sequence[object]] = []
    for state in CORRECTION_STATES:
        found = corrections_page(session, state=state, limit=MOST_ROWS + 1)
        if len(found) > MOST_ROWS:
            raise ListTooLong
        rows += [
            (each.id, each.state, each.kind, _meant(each.meant), each.text, each.proposed_by, each.reviewed_by)
            for each in found
        ]
    return ListFile(("id", "state", "kind", "meant", "text", "proposed by", "decided by"), rows)


def numbers_list(session: Session, asked: Asked) -> ListFile:
    """The numbers of the dates."""
    counted = numbers(session, narrowed=asked.dates, timezone=asked.rules.settings.timezone)
    rows = [
        (group.title, point.name, point.count) for group in groups(counted, dates=asked.dates) for point in group.points
    ]
    return ListFile(("group", "what", "conversations"), rows)


def _meant(meant: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in meant.items())


LISTS: Mapping[str, Callable[[Session, Asked], ListFile]] = {
    "conversations": conversations_list,
    "call-backs": call_backs_list,
    "corrections": corrections_list,
    "numbers": numbers_list,
}
"""By the name that staff choose it by, which the file has too."""
