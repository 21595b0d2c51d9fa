"""What whoever runs the product does with accounts and the audit from the command line, each entered in the audit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TypeVar

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from candidacy.console.account_errors import AdministrationError
from candidacy.console.administration import (
    Invitation,
    add_staff,
    change_staff_role,
    disable_staff,
    invite_first_administrator,
    reset_staff,
)
from candidacy.machine import open_cipher, open_database
from candidacy.machine_secrets import audit_key
from candidacy.records.audit import AuditReport, Entry, append_entry, verify_audit
from candidacy.records.audit_chain import EMPTY_HEAD, ChainHead
from candidacy.records.database import Database, DatabaseUnavailable
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import (
    SignInNameTaken,
    StaffAccount,
    StaffUnknown,
    find_account,
    list_accounts,
)
from candidacy.settings import Settings

Result = TypeVar("Result")


@dataclass(frozen=True)
class Operator:
    """Somebody at this machine's command line.

    Each method raises AdministrationError, with what was wrong and what to do, where nothing was changed.
    """

    database: Database
    cipher: Cipher
    audit_key: bytes = field(repr=False)
    name: str
    """As the audit names who it was."""
    now: Callable[[], datetime]

    def add(self, *, sign_in_name: str, full_name: str, role: str) -> Invitation:
        """Add an account."""

        def query(session: Session) -> Invitation:
            try:
                return add_staff(
                    session,
                    cipher=self.cipher,
                    sign_in_name=sign_in_name,
                    full_name=full_name,
                    role=role,
                    now=self.now(),
                )
            except SignInNameTaken:
                raise AdministrationError(f"There is an account {sign_in_name} already.") from None

        return self._change("staff.add", query, of=lambda made: made.account)

    def add_first(self) -> Invitation | None:
        """Add the first account, an administrator's; None when there are accounts already."""
        with self.database.session() as session:
            invitation = invite_first_administrator(session, cipher=self.cipher, now=self.now())
            if invitation is not None:
                self._enter(session, "staff.add", invitation.account)
        return invitation

    def accounts(self) -> list[StaffAccount]:
        """All accounts."""
        with self.database.read_session() as session:
            return list_accounts(session)

    def reset(self, sign_in_name: str) -> Invitation:
        """Make a new one-time link; what opened the account opens it no more, and a disabled one is open again."""
        return self._change(
            "staff.reset",
            lambda session: reset_staff(
                session, cipher=self.cipher, staff_id=_id(session, sign_in_name), by=None, now=self.now()
            ),
            of=lambda made: made.account,
        )

    def disable(self, sign_in_name: str) -> StaffAccount:
        """Close an account."""
        return self._change(
            "staff.disable",
            lambda session: disable_staff(session, staff_id=_id(session, sign_in_name), by=None, now=self.now()),
            of=lambda account: account,
        )

    def change_role(self, sign_in_name: str, role: str) -> StaffAccount:
        """Give an account another role."""
        return self._change(
            "staff.change_role",
            lambda session: change_staff_role(session, staff_id=_id(session, sign_in_name), role=role, by=None),
            of=lambda account: account,
        )

    def verify_audit(self, noted: ChainHead = EMPTY_HEAD) -> AuditReport:
        """Look through the whole audit; `noted` is a head that was read before."""
        with self.database.read_session() as session:
            return verify_audit(session, key=self.audit_key, noted=noted)

    def _change(
        self, action: str, query: Callable[[Session], Result], *, of: Callable[[Result], StaffAccount]
    ) -> Result:
        with self.database.session() as session:
            result = query(session)
            self._enter(session, action, of(result))
        return result

    def _enter(self, session: Session, action: str, account: StaffAccount) -> None:
        entry = Entry(action=action, actor=self.name, subject=f"staff/{account.id}", detail={"role": account.role})
        append_entry(session, key=self.audit_key, entry=entry, now=self.now())


@contextmanager
def operator(settings: Settings, *, name: str) -> Iterator[Operator]:
    """Whoever works at this machine's command line, on the database of the settings.

    Raises:
        AdministrationError: the database cannot be used, or not yet; says what to do.
        KeyFileError: a secret's file cannot be made or read.
    """
    database = None
    try:
        database = open_database(settings)
        yield Operator(
            database=database,
            cipher=open_cipher(settings),
            audit_key=audit_key(settings),
            name=name,
            now=lambda: datetime.now(timezone.utc),
        )
    except (DatabaseUnavailable, DatabaseError) as error:
        # Only the kind of error goes on: the driver's own words may quote a row.
        raise AdministrationError(
            f"The database cannot be used ({type(error).__name__}). Bring it up to date with: candidacy migrate"
        ) from None
    finally:
        if database is not None:
            database.dispose()


def _id(session: Session, sign_in_name: str) -> int:
    try:
        return find_account(session, sign_in_name=sign_in_name.strip().casefold()).id
    except StaffUnknown:
        raise AdministrationError(f"There is no account {sign_in_name}. List them with: candidacy staff list") from None
