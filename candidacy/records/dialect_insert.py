"""An INSERT that says what to do when the row is there already."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table


def dialect_insert(session: Session, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which both databases have and spell alike."""
    return insert_of(dialect_of(session), table)


def dialect_of(session: Session) -> str:
    """Which database a session writes to, as `insert_of` takes it."""
    return str(session.get_bind().dialect.name)


def insert_of(dialect: str, table: Table) -> Any:
    """As `dialect_insert`, to be composed once."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
