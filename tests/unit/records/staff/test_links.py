"""One-time links open until they are used; of several uses at once, one counts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import (
    disable_account,
    read_account,
)
from candidacy.records.staff.credentials import find_credentials
from candidacy.records.staff.links import LinkUnknown, open_link
from candidacy.records.staff.recovery_codes import recovery_codes_left

DAY = timedelta(days=1)


def test_a_link_opens_until_it_is_used(
    database: Database,
    cipher: Cipher,
    now: datetime,
    add: Callable[..., Any],
    invite: Callable[..., Any],
    enrol: Callable[..., Any],
) -> None:
    account = add()
    invite(account.id)
    with database.read_session() as session:
        link = open_link(session, cipher=cipher, token="link", now=now)
    assert (link.account, link.totp_key) == (account, "KEY")
    enrol()
    with database.read_session() as session:
        credentials = find_credentials(session, cipher=cipher, sign_in_name="ann")
        assert read_account(session, staff_id=account.id).state == "active"
    assert credentials is not None
    assert (credentials.password_hash, credentials.totp_key, credentials.totp_last_step) == ("hash", "KEY", 100)
    with pytest.raises(LinkUnknown):
        enrol()


def test_of_several_that_use_a_link_at_once_one_does(
    database: Database,
    at_once: Callable[..., list[Any]],
    add: Callable[..., Any],
    invite: Callable[..., Any],
    enrol: Callable[..., Any],
) -> None:
    account = add()
    invite(account.id)

    def try_to_enrol(_: int) -> bool:
        try:
            enrol()
        except LinkUnknown:
            return False
        return True

    assert sum(at_once(6, try_to_enrol)) == 1
    with database.read_session() as session:
        assert recovery_codes_left(session, staff_id=account.id) == 2


def test_a_link_ends_by_age_by_a_newer_one_and_with_its_account(
    database: Database, cipher: Cipher, now: datetime, add: Callable[..., Any], invite: Callable[..., Any]
) -> None:
    account = add()
    invite(account.id)

    def opens(token: str, at: datetime) -> bool:
        try:
            with database.read_session() as session:
                open_link(session, cipher=cipher, token=token, now=at)
        except LinkUnknown:
            return False
        return True

    assert opens("link", now + DAY - timedelta(seconds=1))
    assert not opens("link", now + DAY)
    invite(account.id, token="newer")
    assert (opens("link", now), opens("newer", now)) == (False, True)
    with database.session() as session:
        disable_account(session, staff_id=account.id, now=now)
    assert not opens("newer", now)
