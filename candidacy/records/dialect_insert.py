"""An INSERT that says what to do when the row is there already."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table


def dialect_insert(session: Session, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which both databases have and spell alike."""
    name = session.get_bind().dialect.name
    return postgresql.insert(table) if name == "postgresql" else sqlite.insert(table)
