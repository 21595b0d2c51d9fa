"""Alembic's entry: runs revisions on the connection that `records.migrate` gives, or on that of the settings."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.engine import Connection

from candidacy.records.migrate import migration_connection
from candidacy.records.schema import metadata
from candidacy.records.utc_datetime import UtcDateTime
from candidacy.settings import read_settings

SEARCH_INDEX = "message_search"
"""How the names of the search index's tables begin; see revision 0005."""


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write a drafted revision in SQLAlchemy's own types, so that it stands when the product's change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out of a comparison what SQLite keeps for itself, and the search index, which differs between the two."""
    return not (kind == "table" and name is not None and name.startswith(("sqlite_sequence", SEARCH_INDEX)))


def run(connection: Connection) -> None:
    """Run what Alembic was asked for, within the connection's transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        include_name=include_name,
        render_item=render_item,
        # SQLite cannot alter a table; in batch mode Alembic rebuilds it instead.
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with migration_connection(read_settings().database_url) as opened:
        run(opened)
