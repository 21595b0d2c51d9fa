"""What opens an account: the password's hash, and the authenticator app's key with the last step it was used at."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from candidacy.records.encryption import Cipher
from candidacy.records.staff_tables import staff_accounts


@dataclass(frozen=True)
class Credentials:
    """What a sign-in is compared with."""

    staff_id: int
    password_hash: str = field(repr=False)
    totp_key: str = field(repr=False)
    totp_last_step: int | None


def find_credentials(session: Session, *, cipher: Cipher, sign_in_name: str) -> Credentials | None:
    """The credentials of an account that is set up and not disabled; None for any other name.

    Raises:
        EncryptionKeyError: no key opens the stored key.
    """
    row = session.execute(
        select(
            staff_accounts.c.id,
            staff_accounts.c.password_hash,
            staff_accounts.c.totp_secret_encrypted,
            staff_accounts.c.totp_last_step,
        ).where(
            staff_accounts.c.sign_in_name == sign_in_name,
            staff_accounts.c.disabled_at.is_(None),
            staff_accounts.c.enrolled_at.is_not(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return Credentials(
        staff_id=row.id,
        password_hash=row.password_hash,
        totp_key=cipher.decrypt(row.totp_secret_encrypted),
        totp_last_step=row.totp_last_step,
    )


def use_totp_step(session: Session, *, staff_id: int, step: int) -> bool:
    """Note that a step's code was used; False when it or a later one was already. Of several at once, one succeeds."""
    last = staff_accounts.c.totp_last_step
    result = session.execute(
        update(staff_accounts)
        .where(staff_accounts.c.id == staff_id, or_(last.is_(None), last < step))
        .values(totp_last_step=step)
    )
    return bool(result.rowcount)


def set_password(session: Session, *, staff_id: int, password_hash: str) -> None:
    """Keep another hash."""
    session.execute(update(staff_accounts).where(staff_accounts.c.id == staff_id).values(password_hash=password_hash))


def note_sign_in(session: Session, *, staff_id: int, now: datetime) -> bool:
    """Note when the account was last signed in to; False when it was disabled meanwhile."""
    result = session.execute(
        update(staff_accounts)
        .where(staff_accounts.c.id == staff_id, staff_accounts.c.disabled_at.is_(None))
        .values(last_signed_in_at=now)
    )
    return bool(result.rowcount)
