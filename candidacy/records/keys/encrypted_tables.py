"""Every table with encrypted columns, found by their type: what keys are used for, and rotation goes through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, or_, select, tuple_, update
from sqlalchemy.orm import Session
from sqlalchemy.schema import Column

from candidacy.records.columns import Encrypted
from candidacy.records.schema import metadata

Position = tuple[Any, ...]
"""A row's primary key, by which a walk through a table goes on."""


@dataclass(frozen=True)
class EncryptedRow:
    """A row, and what is encrypted in it by column; nothing where it is empty."""

    position: Position
    values: dict[str, bytes]


@dataclass(frozen=True)
class EncryptedTable:
    """A table and its encrypted columns."""

    table: Table
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """As the database calls it."""
        return str(self.table.name)

    def count(self, session: Session) -> int:
        """How many rows have anything encrypted."""
        return int(session.execute(select(func.count()).select_from(self.table).where(self._has_any())).scalar_one())

    def rows_after(self, session: Session, *, after: Position | None, limit: int) -> list[EncryptedRow]:
        """The rows after a position in the order of the primary key, `limit` at most."""
        statement = self._select().order_by(*self._key).limit(limit)
        if after is not None:
            statement = statement.where(tuple_(*self._key) > tuple_(*after))
        return self._read(session, statement)

    def lock_rows(self, session: Session, *, positions: Sequence[Position]) -> list[EncryptedRow]:
        """Take rows until the transaction ends, without those that another one has, which are not waited for."""
        statement = self._select().where(tuple_(*self._key).in_(positions)).with_for_update(skip_locked=True)
        return self._read(session, statement)

    def write(self, session: Session, *, position: Position, values: dict[str, bytes]) -> None:
        """Write a row's encrypted values anew."""
        is_row = [column == value for column, value in zip(self._key, position, strict=True)]
        session.execute(update(self.table).where(*is_row).values(**values))

    @property
    def _key(self) -> tuple[Column, ...]:
        return tuple(self.table.primary_key.columns)

    def _select(self) -> Any:
        return select(*self._key, *self.columns).where(self._has_any())

    def _has_any(self) -> Any:
        return or_(*(column.is_not(None) for column in self.columns))

    def _read(self, session: Session, statement: Any) -> list[EncryptedRow]:
        width = len(self._key)
        names = [column.name for column in self.columns]
        return [
            EncryptedRow(
                position=tuple(row[:width]),
                values={
                    name: bytes(value) for name, value in zip(names, row[width:], strict=True) if value is not None
                },
            )
            for row in session.execute(statement)
        ]


def encrypted_tables() -> tuple[EncryptedTable, ...]:
    """All of them, by name."""
    found = (
        EncryptedTable(table, tuple(column for column in table.columns if isinstance(column.type, Encrypted)))
        for table in sorted(metadata.tables.values(), key=lambda table: table.name)
    )
    return tuple(table for table in found if table.columns)
