"""Filters of the inbox that a staff member keeps under a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from candidacy.casework.inbox_filter import InboxFilter, filter_parameters, read_filter
from candidacy.records.console.tables import saved_filters
from candidacy.records.dialect_insert import dialect_insert

LONGEST_NAME = 60


@dataclass(frozen=True)
class SavedFilter:
    """A filter and its name."""

    id: int
    name: str
    narrowed: InboxFilter


def save_filter(session: Session, *, staff_id: int, name: str, narrowed: InboxFilter, now: datetime) -> None:
    """Keep a filter; one of the same name is replaced.

    Raises:
        ValueError: the name is empty or longer than `LONGEST_NAME`.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"the name of a filter must have 1 to {LONGEST_NAME} characters")
    values = {"parameters": filter_parameters(narrowed), "at": now}
    session.execute(
        dialect_insert(session, saved_filters)
        .values(staff_id=staff_id, name=name, **values)
        .on_conflict_do_update(index_elements=["staff_id", "name"], set_=values)
    )


def saved_filters_of(session: Session, *, staff_id: int) -> list[SavedFilter]:
    """A staff member's filters, by name."""
    rows = session.execute(
        select(saved_filters).where(saved_filters.c.staff_id == staff_id).order_by(saved_filters.c.name)
    )
    return [SavedFilter(id=row.id, name=row.name, narrowed=read_filter(row.parameters)) for row in rows]


def forget_filter(session: Session, *, staff_id: int, filter_id: int) -> bool:
    """Forget one's own filter; returns False when there is none of that id."""
    forgotten = session.execute(
        delete(saved_filters).where(saved_filters.c.staff_id == staff_id, saved_filters.c.id == filter_id)
    )
    return bool(forgotten.rowcount)
