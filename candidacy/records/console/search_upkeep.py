"""Keeps erased words out of SQLite's search index, which marks them as gone and writes them over only when merged."""

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from candidacy.records.console.tables import search_purges_due

PAGES_A_STEP = 400
"""How much of the index is merged in one transaction (pages of about 4 kB): some hundredths of a second."""

_MERGE = text("INSERT INTO message_search(message_search, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")


def purge_search_index(session: Session) -> bool:
    """Do a step of the merge that is due after an erasure; returns whether more is to be done.

    PostgreSQL needs none: there the words went with their row, and vacuum frees the space as it does every other.
    """
    due = session.execute(select(search_purges_due.c.conversation_id)).scalars().all()
    if not due:
        return False
    if session.get_bind().dialect.name == "sqlite" and _merge(session):
        return True
    session.execute(delete(search_purges_due).where(search_purges_due.c.conversation_id.in_(due)))
    return False


def _merge(session: Session) -> bool:
    """Merge some pages; whether it did any. FTS5 says so by the changes it counts: less than two is none."""
    before = session.execute(_CHANGES).scalar_one()
    # A negative number takes in also the parts that would not be merged yet.
    session.execute(_MERGE, {"pages": -PAGES_A_STEP})
    return bool(session.execute(_CHANGES).scalar_one() - before >= 2)
