"""Accounts of staff, as tests need them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import StaffAccount, add_account
from candidacy.records.staff.links import issue_link, use_link


@pytest.fixture
def add(database: Database, now: datetime) -> Callable[..., StaffAccount]:
    """Add an account."""

    def run(name: str = "ann") -> StaffAccount:
        with database.session() as session:
            return add_account(session, sign_in_name=name, full_name="Ann Lee", role="agent", now=now)

    return run


@pytest.fixture
def invite(database: Database, cipher: Cipher, now: datetime) -> Callable[..., None]:
    """Make a link that lasts a day."""

    def run(staff_id: int, *, token: str = "link") -> None:
        until = now + timedelta(days=1)
        with database.session() as session:
            issue_link(
                session, cipher=cipher, staff_id=staff_id, token=token, totp_key="KEY", now=now, expires_at=until
            )

    return run


@pytest.fixture
def enrol(database: Database, cipher: Cipher, now: datetime) -> Callable[..., StaffAccount]:
    """Use a link."""

    def run(*, token: str = "link") -> StaffAccount:
        with database.session() as session:
            return use_link(
                session,
                cipher=cipher,
                token=token,
                password_hash="hash",
                totp_step=100,
                recovery_code_hashes=["one", "two"],
                now=now,
            )

    return run


@pytest.fixture
def enrolled(
    add: Callable[..., StaffAccount], invite: Callable[..., None], enrol: Callable[..., StaffAccount]
) -> StaffAccount:
    """An account that is set up."""
    invite(add().id)
    return enrol()
