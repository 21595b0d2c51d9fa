"""The search over every date: by words, by somebody's name or number, and by tag, the newest message first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select, union
from sqlalchemy.orm import Session

from candidacy.casework.clinic_time import start_of
from candidacy.casework.inbox_filter import InboxFilter
from candidacy.casework.search_words import read_phrases
from candidacy.records.console.inbox import InboxRow, inbox_rows
from candidacy.records.console.inbox_conditions import conditions
from candidacy.records.console.name_words import searched_indexes
from candidacy.records.console.search_index import newest_with_words
from candidacy.records.console.tables import request_name_words
from candidacy.records.console.telephone import with_number
from candidacy.records.encryption import Cipher
from candidacy.records.tables import conversations, messages

PAGE_LENGTH = 50
WINDOW = 2000
"""How many messages with the words are looked at for a page where a filter narrows the search too: a page of a rare
filter may be short, and says how far back it looked."""
MOST_PEOPLE = 200
"""The most conversations of one name or number that are listed."""


@dataclass(frozen=True)
class Days:
    """The clinic's days within which a message was written; both are within, and None is without end."""

    first: date | None = None
    last: date | None = None


EVER = Days()


@dataclass(frozen=True)
class SearchHit:
    """A message with the words, and its conversation as the inbox shows it."""

    message_id: int
    position: int
    author: str
    at: datetime
    text: str = field(repr=False)
    conversation: InboxRow


@dataclass(frozen=True)
class SearchPage:
    """Some hits, and before which message to go on; None where everything was looked at."""

    hits: tuple[SearchHit, ...]
    next_before: int | None


def search_messages(
    session: Session,
    *,
    words: str,
    narrowed: InboxFilter,
    timezone: ZoneInfo,
    written: Days = EVER,
    before: int | None = None,
    limit: int = PAGE_LENGTH,
) -> SearchPage:
    """The messages that have all the words, the newest first.

    Args:
        session: a session that reads.
        words: as they were typed; what stands between quotes must stand together.
        narrowed: what their conversations must be.
        timezone: the clinic's, in which days are meant.
        written: when the messages were written.
        before: the last page's `next_before`; None for the first page.
        limit: how many at most.
    """
    phrases = read_phrases(words)
    if not phrases:
        return SearchPage(hits=(), next_before=None)
    is_narrowed = (narrowed, written) != (InboxFilter(), EVER)
    window = WINDOW if is_narrowed else limit + 1
    looked_at = newest_with_words(session, phrases, before=before, limit=window)
    chosen = looked_at
    if is_narrowed:
        wanted = [*conditions(session, narrowed, timezone=timezone), *_written(written, timezone)]
        chosen = _within(session, looked_at, wanted)
    hits = _hits(session, chosen[:limit])
    return SearchPage(hits=hits, next_before=_next(looked_at, chosen, limit=limit, window=window))


def find_by_phone(session: Session, *, cipher: Cipher, phone_e164: str) -> list[InboxRow]:
    """The conversations whose request has this number, or in which it texts, the last active first."""
    return _conversations(session, with_number(cipher, phone_e164))


def find_by_name(session: Session, *, cipher: Cipher, name: str) -> list[InboxRow]:
    """The conversations whose request's name has all these words, the last active first."""
    searched = searched_indexes(cipher, name)
    if not searched[0]:
        return []
    return _conversations(session, union(*(_with_name_words(indexes) for indexes in searched)))


def _with_name_words(indexes: Sequence[str]) -> Any:
    words = request_name_words.c
    return (
        select(words.conversation_id)
        .where(words.word_index.in_(indexes))
        .group_by(words.conversation_id)
        .having(func.count() == len(indexes))
    )


def _written(days: Days, timezone: ZoneInfo) -> list[Any]:
    at, found = messages.c.created_at, []
    if days.first is not None:
        found.append(at >= start_of(days.first, timezone=timezone))
    if days.last is not None:
        found.append(at < start_of(days.last + timedelta(days=1), timezone=timezone))
    return found


def _within(session: Session, ids: Sequence[int], wanted: Sequence[Any]) -> list[int]:
    """Of some messages, in their order, those that are as asked for."""
    statement = (
        select(messages.c.id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.id.in_(ids), *wanted)
        .order_by(messages.c.id.desc())
    )
    return list(session.execute(statement).scalars())


def _next(looked_at: Sequence[int], chosen: Sequence[int], *, limit: int, window: int) -> int | None:
    if len(chosen) > limit:
        return chosen[limit - 1]
    return looked_at[-1] if len(looked_at) == window and window > limit + 1 else None


def _hits(session: Session, ids: Sequence[int]) -> tuple[SearchHit, ...]:
    rows = session.execute(
        select(
            messages.c.id,
            messages.c.conversation_id,
            messages.c.position,
            messages.c.author,
            messages.c.created_at,
            messages.c.text,
        )
        .where(messages.c.id.in_(ids))
        .order_by(messages.c.id.desc())
    ).all()
    conversation = inbox_rows(session, ids=list({row.conversation_id for row in rows}))
    return tuple(
        SearchHit(
            message_id=row.id,
            position=row.position,
            author=row.author,
            at=row.created_at,
            text=row.text,
            conversation=conversation[row.conversation_id],
        )
        for row in rows
        if row.conversation_id in conversation
    )


def _conversations(session: Session, chosen: Any) -> list[InboxRow]:
    ids = session.execute(
        select(conversations.c.id)
        .where(and_(conversations.c.id.in_(chosen), conversations.c.erased_at.is_(None)))
        .order_by(conversations.c.last_activity_at.desc())
        .limit(MOST_PEOPLE)
    ).scalars()
    found = list(ids)
    rows = inbox_rows(session, ids=found)
    return [rows[conversation_id] for conversation_id in found]
