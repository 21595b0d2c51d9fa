"""One-time links: with one, a member of staff sets the password and the authenticator app up, and then it is used."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import ACCOUNT_COLUMNS, StaffAccount, account_of
from candidacy.records.staff.recovery_codes import replace_recovery_codes
from candidacy.records.staff_tables import staff_accounts, staff_links
from candidacy.records.token import hash_token


class LinkUnknown(Exception):
    """The link opens nothing: it was used, is too old, was replaced, or never was one."""


@dataclass(frozen=True)
class OpenLink:
    """What a link opens: an account to set up, with the key that its authenticator app will be given."""

    account: StaffAccount
    totp_key: str = field(repr=False)


def issue_link(
    session: Session, *, cipher: Cipher, staff_id: int, token: str, totp_key: str, now: datetime, expires_at: datetime
) -> None:
    """Make a link for an account; the one before it opens nothing any more."""
    session.execute(delete(staff_links).where(staff_links.c.staff_id == staff_id))
    session.execute(
        insert(staff_links).values(
            token_hash=hash_token(token),
            staff_id=staff_id,
            totp_secret_encrypted=cipher.encrypt(totp_key),
            created_at=now,
            expires_at=expires_at,
        )
    )


def open_link(session: Session, *, cipher: Cipher, token: str, now: datetime) -> OpenLink:
    """What a link opens; looking does not use it up.

    Raises:
        LinkUnknown: it opens nothing.
        EncryptionKeyError: no key opens the stored key.
    """
    row = session.execute(
        select(*ACCOUNT_COLUMNS, staff_links.c.totp_secret_encrypted)
        .join_from(staff_links, staff_accounts)
        .where(
            staff_links.c.token_hash == hash_token(token),
            staff_links.c.expires_at > now,
            staff_accounts.c.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise LinkUnknown
    return OpenLink(account=account_of(row), totp_key=cipher.decrypt(row.totp_secret_encrypted))


def use_link(
    session: Session,
    *,
    cipher: Cipher,
    token: str,
    password_hash: str,
    totp_step: int,
    recovery_code_hashes: Sequence[str],
    now: datetime,
) -> StaffAccount:
    """Set the account up and use the link up; of several at once, one does.

    Args:
        session: the transaction.
        cipher: opens and closes the authenticator app's key.
        token: the link's.
        password_hash: of the new password.
        totp_step: the step of the code that showed that the app has the key.
        recovery_code_hashes: of the new recovery codes.
        now: the present.

    Raises:
        LinkUnknown: it opens nothing any more.
    """
    link = open_link(session, cipher=cipher, token=token, now=now)
    if not session.execute(delete(staff_links).where(staff_links.c.token_hash == hash_token(token))).rowcount:
        raise LinkUnknown
    session.execute(
        update(staff_accounts)
        .where(staff_accounts.c.id == link.account.id)
        .values(
            password_hash=password_hash,
            totp_secret_encrypted=cipher.encrypt(link.totp_key),
            totp_last_step=totp_step,
            enrolled_at=now,
        )
    )
    replace_recovery_codes(session, staff_id=link.account.id, hashes=recovery_code_hashes)
    return link.account
