"""Rotation knows every encrypted column: a table that is added cannot be forgotten."""

from sqlalchemy import LargeBinary, create_engine, inspect

from candidacy.records.columns import Encrypted
from candidacy.records.keys.encrypted_tables import encrypted_tables
from candidacy.records.schema import metadata


def test_every_column_that_holds_bytes_or_is_named_so_is_known_to_rotation() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, LargeBinary) or column.name.endswith("_encrypted"):
                assert isinstance(column.type, Encrypted), f"{table.name}.{column.name} must be of the type Encrypted"


def test_every_column_of_bytes_in_the_database_itself_is_known_to_rotation(database_url: str) -> None:
    known = {(table.name, column.name) for table in encrypted_tables() for column in table.columns}
    engine = create_engine(database_url)
    inspector = inspect(engine)
    of_bytes = {
        (name, column["name"])
        for name in inspector.get_table_names()
        if not name.startswith("message_search")
        for column in inspector.get_columns(name)
        if isinstance(column["type"], LargeBinary)
    }
    engine.dispose()
    assert of_bytes == known


def test_every_such_table_has_a_key_by_which_it_is_walked_through() -> None:
    assert all(table.table.primary_key.columns for table in encrypted_tables())
