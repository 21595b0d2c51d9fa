"""The administration of accounts: adding, resetting, disabling, changing roles; for the command line and for the pages.

Each function works within a transaction of the caller's, who enters it in the audit.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from candidacy.console.access.names import new_full_name, new_sign_in_name
from candidacy.console.access.totp import new_totp_key
from candidacy.console.account_errors import AdministrationError
from candidacy.console.proof import attempts_key
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import (
    StaffAccount,
    add_account,
    change_role,
    clear_credentials,
    count_accounts,
    disable_account,
    read_account,
)
from candidacy.records.staff.attempts import forget_attempts
from candidacy.records.staff.links import issue_link
from candidacy.records.staff_tables import ROLES
from candidacy.records.token import new_token

LINK_LIFE = timedelta(hours=24)
"""How long a one-time link can be used."""
FIRST_SIGN_IN_NAME = "admin"
FIRST_FULL_NAME = "Administrator"


@dataclass(frozen=True)
class Invitation:
    """An account, and the token of the one-time link that sets it up; it is shown once and kept nowhere."""

    account: StaffAccount
    token: str = field(repr=False)
    expires_at: datetime


def add_staff(
    session: Session, *, cipher: Cipher, sign_in_name: str, full_name: str, role: str, now: datetime
) -> Invitation:
    """Add an account and make its link.

    Raises:
        AdministrationError: a name or the role cannot be one.
        SignInNameTaken: the name is another account's.
    """
    require_role(role)
    try:
        names = {"sign_in_name": new_sign_in_name(sign_in_name), "full_name": new_full_name(full_name)}
    except ValueError as error:
        raise AdministrationError(str(error)) from error
    account = add_account(session, **names, role=role, now=now)
    return _invite(session, cipher=cipher, account=account, now=now)


def invite_first_administrator(session: Session, *, cipher: Cipher, now: datetime) -> Invitation | None:
    """Add the first account, an administrator's; None when there are accounts already."""
    if count_accounts(session):
        return None
    return add_staff(
        session,
        cipher=cipher,
        sign_in_name=FIRST_SIGN_IN_NAME,
        full_name=FIRST_FULL_NAME,
        role="administrator",
        now=now,
    )


def reset_staff(session: Session, *, cipher: Cipher, staff_id: int, by: int | None, now: datetime) -> Invitation:
    """Forget what opened the account and make a new link; a disabled account is open again.

    The arguments and errors are those of `disable_staff`.
    """
    _require_other(staff_id, by=by)
    clear_credentials(session, staff_id=staff_id)
    account = read_account(session, staff_id=staff_id)
    forget_attempts(session, key=attempts_key(cipher, kind="name", value=account.sign_in_name))
    return _invite(session, cipher=cipher, account=account, now=now)


def disable_staff(session: Session, *, staff_id: int, by: int | None, now: datetime) -> StaffAccount:
    """Close the account; its sessions end at once.

    Args:
        session: the transaction.
        staff_id: whose.
        by: the account that does it, which cannot be its own; None for the command line.
        now: the present.

    Raises:
        AdministrationError, StaffUnknown.
    """
    _require_other(staff_id, by=by)
    disable_account(session, staff_id=staff_id, now=now)
    return read_account(session, staff_id=staff_id)


def change_staff_role(session: Session, *, staff_id: int, role: str, by: int | None) -> StaffAccount:
    """Give the account another role, with the arguments and errors of `disable_staff`."""
    _require_other(staff_id, by=by)
    require_role(role)
    change_role(session, staff_id=staff_id, role=role)
    return read_account(session, staff_id=staff_id)


def require_role(role: str) -> None:
    """Raise AdministrationError unless there is such a role."""
    if role not in ROLES:
        raise AdministrationError(f"The role must be one of {', '.join(ROLES)}.")


def _require_other(staff_id: int, *, by: int | None) -> None:
    # So there is always an administrator left.
    if staff_id == by:
        raise AdministrationError("You cannot do this to your own account: ask another administrator.")


def _invite(session: Session, *, cipher: Cipher, account: StaffAccount, now: datetime) -> Invitation:
    token, expires_at = new_token(), now + LINK_LIFE
    issue_link(
        session,
        cipher=cipher,
        staff_id=account.id,
        token=token,
        totp_key=new_totp_key(),
        now=now,
        expires_at=expires_at,
    )
    return Invitation(account=account, token=token, expires_at=expires_at)
