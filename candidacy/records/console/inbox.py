"""The inbox: conversations by last activity, those that alarm first, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from candidacy.casework.inbox_filter import InboxFilter
from candidacy.records.console.inbox_conditions import conditions
from candidacy.records.console.tags import tags_of_many
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations, messages

PAGE_LENGTH = 50
EXCERPT_LENGTH = 160


@dataclass(frozen=True)
class InboxRow:
    """A conversation as the inbox shows it; `excerpt` begins what the visitor wrote last, or what stands there else."""

    id: str
    channel: str
    state: str
    outcome: str | None
    assignee_id: int | None
    assignee: str | None
    alarming: bool
    red_flag: str | None
    low_confidence: bool
    unanswered: bool
    created_at: datetime
    last_activity_at: datetime
    waiting_since: datetime | None
    last_position: int
    excerpt: str = field(repr=False)
    excerpt_author: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class InboxCursor:
    """Where a page ended: after this conversation, in the inbox's order."""

    alarming: bool
    last_activity_at: datetime
    id: str


@dataclass(frozen=True)
class InboxPage:
    """Some conversations, and where the next page begins; None where there are no more."""

    rows: tuple[InboxRow, ...]
    next: InboxCursor | None


def inbox_page(
    session: Session,
    *,
    narrowed: InboxFilter,
    timezone: ZoneInfo,
    after: InboxCursor | None = None,
    limit: int = PAGE_LENGTH,
) -> InboxPage:
    """The conversations that a filter asks for, from where the last page ended.

    Args:
        session: a session that reads.
        narrowed: what they must be.
        timezone: the clinic's, in which the filter's dates are meant.
        after: the last page's `next`; None for the first page.
        limit: how many at most.
    """
    wanted = conditions(session, narrowed, timezone=timezone)
    found: list[Any] = []
    # Those that alarm and those that do not are two walks of an index; together the dates would not bound either.
    for alarming in (True, False):
        missing = limit + 1 - len(found)
        if missing == 0 or (after is not None and after.alarming < alarming):
            continue
        here = after if after is not None and after.alarming is alarming else None
        found += session.execute(_walk(wanted, alarming=alarming, after=here).limit(missing)).all()
    rows = _rows(session, found[:limit])
    return InboxPage(rows=rows, next=_cursor(rows[-1]) if len(found) > limit else None)


def inbox_rows(session: Session, *, ids: Sequence[str]) -> dict[str, InboxRow]:
    """How some conversations stand now, by id; those that were erased are left out."""
    statement = _select().where(conversations.c.id.in_(ids), conversations.c.erased_at.is_(None))
    return {row.id: row for row in _rows(session, session.execute(statement).all())}


def _select() -> Any:
    of_conversation = messages.c.conversation_id == conversations.c.id
    written = messages.alias()
    # From the newest on, so that it is found after a few rows also where there are thousands.
    last_word = (
        select(written.c.position)
        .where(written.c.conversation_id == conversations.c.id, written.c.author == "visitor")
        .order_by(written.c.position.desc())
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )
    shown = and_(of_conversation, messages.c.position == func.coalesce(last_word, conversations.c.last_position))
    return (
        select(
            conversations,
            staff_accounts.c.full_name,
            messages.c.text.label("excerpt"),
            messages.c.author.label("excerpt_author"),
        )
        .outerjoin(staff_accounts, staff_accounts.c.id == conversations.c.assignee_id)
        .outerjoin(messages, shown)
    )


def _walk(wanted: Iterable[Any], *, alarming: bool, after: InboxCursor | None) -> Any:
    c = conversations.c
    statement = _select().where(c.alarming.is_(alarming), *wanted).order_by(c.last_activity_at.desc(), c.id.desc())
    if after is None:
        return statement
    return statement.where(
        c.last_activity_at <= after.last_activity_at,
        or_(c.last_activity_at < after.last_activity_at, c.id < after.id),
    )


def _rows(session: Session, found: Sequence[Any]) -> tuple[InboxRow, ...]:
    tags = tags_of_many(session, conversation_ids=[row.id for row in found])
    return tuple(
        InboxRow(
            id=row.id,
            channel=row.channel,
            state=row.state,
            outcome=row.outcome,
            assignee_id=row.assignee_id,
            assignee=row.full_name,
            alarming=row.alarming,
            red_flag=row.red_flag,
            low_confidence=row.low_confidence_at is not None,
            unanswered=row.unanswered_at is not None,
            created_at=row.created_at,
            last_activity_at=row.last_activity_at,
            waiting_since=row.waiting_since,
            last_position=row.last_position,
            excerpt=_excerpt(row.excerpt or ""),
            excerpt_author=row.excerpt_author,
            tags=tags.get(row.id, ()),
        )
        for row in found
    )


def _excerpt(text: str) -> str:
    """The beginning of a text on one line; where something is left out, that is seen."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_LENGTH else f"{line[: EXCERPT_LENGTH - 1].rstrip()}…"


def _cursor(row: InboxRow) -> InboxCursor:
    return InboxCursor(alarming=row.alarming, last_activity_at=row.last_activity_at, id=row.id)
