"""The index of every message's words: FTS5 on SQLite, tsvector on PostgreSQL, behind one function.

Triggers keep it (revision 0005), so whatever writes or deletes a message need not know of it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import column, func, literal, select, table
from sqlalchemy.orm import Session

from candidacy.casework.search_words import Phrase

RECENT = 50_000
"""How many of the newest messages PostgreSQL looks through one by one before it goes by words; see `_on_postgresql`."""

_sqlite_index = table("message_search", column("rowid"), column("message_search"))
_postgresql_index = table("message_search", column("message_id"), column("words"))


def newest_with_words(session: Session, phrases: Sequence[Phrase], *, before: int | None, limit: int) -> list[int]:
    """The ids of the newest messages that have all the phrases, newest first.

    Args:
        session: a session that reads.
        phrases: at least one.
        before: only messages with a smaller id.
        limit: how many at most.
    """
    if session.get_bind().dialect.name == "postgresql":
        return _on_postgresql(session, phrases, before=before, limit=limit)
    return _on_sqlite(session, phrases, before=before, limit=limit)


def _on_sqlite(session: Session, phrases: Sequence[Phrase], *, before: int | None, limit: int) -> list[int]:
    """FTS5 merges the words' lists from the newest message on, and stops when it has enough."""
    index = _sqlite_index.c
    match = " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)
    statement = select(index.rowid).where(index.message_search.op("MATCH")(match))
    if before is not None:
        statement = statement.where(index.rowid < before)
    return list(session.execute(statement.order_by(index.rowid.desc()).limit(limit)).scalars())


def _on_postgresql(session: Session, phrases: Sequence[Phrase], *, before: int | None, limit: int) -> list[int]:
    """The newest messages one by one, then the rest by their words.

    An index of words has no order. For a common word the newest messages are soon enough; where they do not have it,
    it is rare, and few messages with it are to be sorted. The planner cannot know which: it takes two common words for
    a common pair, and would look through all messages for a pair that never comes.
    """
    index = _postgresql_index.c
    start = before
    if start is None:
        newest = session.execute(select(func.max(index.message_id))).scalar_one()
        start = (newest or 0) + 1
    has_words = index.words.op("@@")(_postgresql_query(phrases))
    recent = select(index.message_id).where(has_words, index.message_id < start, index.message_id >= start - RECENT)
    found = list(session.execute(recent.order_by(index.message_id.desc()).limit(limit)).scalars())
    if len(found) == limit:
        return found
    older = select(index.message_id).where(has_words, index.message_id < start - RECENT)
    # A sum, so that the order cannot be had from the primary key.
    by_words = older.order_by((index.message_id + literal(0)).desc()).limit(limit - len(found))
    return found + list(session.execute(by_words).scalars())


def _postgresql_query(phrases: Sequence[Phrase]) -> Any:
    queries = [func.phraseto_tsquery("candidacy", " ".join(phrase)) for phrase in phrases]
    query = queries[0]
    for further in queries[1:]:
        query = query.op("&&")(further)
    return query
