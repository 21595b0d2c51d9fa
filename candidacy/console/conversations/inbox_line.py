"""A conversation as one line of the inbox: the same for a page and for what a page asks for by itself. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from candidacy.console.conversations.address import conversation_address
from candidacy.console.conversations.labels import Labels
from candidacy.records.console.inbox import InboxRow

NO_MESSAGE = "Nothing was written yet"


@dataclass(frozen=True)
class InboxLine:
    """What stands in a line; each text is whole, so that a script only has to put it in its place."""

    id: str
    address: str
    alarming: bool
    waiting: bool
    alarm: str
    excerpt: str = field(repr=False)
    standing: str
    marks: str
    tags: str
    at: str
    """The last activity (ISO 8601)."""
    at_written: str


def inbox_line(row: InboxRow, *, labels: Labels, written: Callable[[datetime], str]) -> InboxLine:
    """The line of a conversation.

    Args:
        row: the conversation.
        labels: the words for its values.
        written: how an instant is written.
    """
    return InboxLine(
        id=row.id,
        address=conversation_address(row.id),
        alarming=row.alarming,
        waiting=row.state == "waiting",
        alarm=_alarm(row, labels),
        excerpt=f"{labels('author', row.excerpt_author)}: {row.excerpt}" if row.excerpt_author else NO_MESSAGE,
        standing=_joined(_state(row, labels, written), labels("channel", row.channel), labels("outcome", row.outcome)),
        marks=_joined("Understood with little confidence" * row.low_confidence, "Not answered" * row.unanswered),
        tags=", ".join(row.tags),
        at=row.last_activity_at.isoformat(timespec="seconds"),
        at_written=written(row.last_activity_at),
    )


def _alarm(row: InboxRow, labels: Labels) -> str:
    if row.red_flag is None:
        return ""
    seen = "" if row.alarming else " (acknowledged)"
    return f"Red flag: {labels('level', row.red_flag).lower()}{seen}"


def _state(row: InboxRow, labels: Labels, written: Callable[[datetime], str]) -> str:
    if row.state == "person" and row.assignee is not None:
        return f"With {row.assignee}"
    since = f" since {written(row.waiting_since)}" if row.waiting_since is not None else ""
    return labels("state", row.state) + since


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
