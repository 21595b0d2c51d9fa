"""A real PostgreSQL server on this machine, and databases on it."""

from typing import Any

from sqlalchemy import create_engine, text


def create_postgresql_database(server: Any, *, name: str, template: str = "template1") -> str:
    """Make a database on the server and return its URL."""
    execute_on_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return str(server.get_uri(name))


def execute_on_server(server: Any, statement: str) -> None:
    """Run a statement outside a transaction."""
    engine = create_engine(server.get_uri(), future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
