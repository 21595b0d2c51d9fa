"""Accounts of staff: who there is, in which role, and whether they may still sign in. None is ever deleted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.staff_tables import staff_accounts, staff_links, staff_recovery_codes, staff_sessions


class StaffUnknown(Exception):
    """There is no account of this name or id."""


class SignInNameTaken(Exception):
    """There is an account of this name already, maybe a disabled one."""


@dataclass(frozen=True)
class StaffAccount:
    """One member of staff."""

    id: int
    sign_in_name: str
    full_name: str
    role: str
    created_at: datetime
    enrolled_at: datetime | None
    disabled_at: datetime | None
    last_signed_in_at: datetime | None

    @property
    def state(self) -> str:
        """``disabled``, ``invited`` while the one-time link has not been used, or ``active``."""
        if self.disabled_at is not None:
            return "disabled"
        return "invited" if self.enrolled_at is None else "active"


ACCOUNT_COLUMNS = (
    staff_accounts.c.id,
    staff_accounts.c.sign_in_name,
    staff_accounts.c.full_name,
    staff_accounts.c.role,
    staff_accounts.c.created_at,
    staff_accounts.c.enrolled_at,
    staff_accounts.c.disabled_at,
    staff_accounts.c.last_signed_in_at,
)


def account_of(row: Any) -> StaffAccount:
    """The account in a row that has at least `ACCOUNT_COLUMNS`."""
    return StaffAccount(**{column.name: row._mapping[column] for column in ACCOUNT_COLUMNS})


def add_account(session: Session, *, sign_in_name: str, full_name: str, role: str, now: datetime) -> StaffAccount:
    """Add an account, which opens nothing until its one-time link was used.

    Raises:
        SignInNameTaken: the name is another account's.
    """
    result = session.execute(
        dialect_insert(session, staff_accounts)
        .values(sign_in_name=sign_in_name, full_name=full_name, role=role, created_at=now)
        .on_conflict_do_nothing(index_elements=["sign_in_name"])
    )
    if not result.rowcount:
        raise SignInNameTaken(sign_in_name)
    return find_account(session, sign_in_name=sign_in_name)


def find_account(session: Session, *, sign_in_name: str) -> StaffAccount:
    """The account of a name; raises StaffUnknown."""
    return _one(session, staff_accounts.c.sign_in_name == sign_in_name)


def read_account(session: Session, *, staff_id: int) -> StaffAccount:
    """The account of an id; raises StaffUnknown."""
    return _one(session, staff_accounts.c.id == staff_id)


def list_accounts(session: Session) -> list[StaffAccount]:
    """All accounts, disabled ones too, by name."""
    rows = session.execute(select(*ACCOUNT_COLUMNS).order_by(staff_accounts.c.sign_in_name))
    return [account_of(row) for row in rows]


def count_accounts(session: Session) -> int:
    """How many accounts there are, disabled ones too."""
    return int(session.execute(select(func.count()).select_from(staff_accounts)).scalar_one())


def change_role(session: Session, *, staff_id: int, role: str) -> None:
    """Give the account another role; sessions under way have it at once. Raises StaffUnknown."""
    _update(session, staff_id=staff_id, role=role)


def disable_account(session: Session, *, staff_id: int, now: datetime) -> None:
    """Close the account: its sessions end at once, and its one-time link opens nothing. Raises StaffUnknown."""
    _update(session, staff_id=staff_id, disabled_at=now)
    for table in (staff_sessions, staff_links):
        session.execute(delete(table).where(table.c.staff_id == staff_id))


def clear_credentials(session: Session, *, staff_id: int) -> None:
    """Forget everything that opened the account, and open it again if it was disabled. Raises StaffUnknown."""
    _update(
        session,
        staff_id=staff_id,
        password_hash=None,
        totp_secret_encrypted=None,
        totp_last_step=None,
        enrolled_at=None,
        disabled_at=None,
    )
    for table in (staff_sessions, staff_links, staff_recovery_codes):
        session.execute(delete(table).where(table.c.staff_id == staff_id))


def _one(session: Session, condition: Any) -> StaffAccount:
    row = session.execute(select(*ACCOUNT_COLUMNS).where(condition)).one_or_none()
    if row is None:
        raise StaffUnknown
    return account_of(row)


def _update(session: Session, *, staff_id: int, **values: Any) -> None:
    result = session.execute(update(staff_accounts).where(staff_accounts.c.id == staff_id).values(**values))
    if not result.rowcount:
        raise StaffUnknown
