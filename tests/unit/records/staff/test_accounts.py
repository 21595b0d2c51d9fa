"""Accounts are found, named once, and closed with everything that opened them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import (
    SignInNameTaken,
    StaffAccount,
    StaffUnknown,
    change_role,
    clear_credentials,
    count_accounts,
    disable_account,
    find_account,
    list_accounts,
    read_account,
)
from candidacy.records.staff.credentials import find_credentials, note_sign_in
from candidacy.records.staff.recovery_codes import recovery_codes_left
from candidacy.records.staff.sessions import (
    find_staff_session,
    open_staff_session,
)


def test_an_account_is_found_by_name_and_id(database: Database, add: Callable[..., Any]) -> None:
    account = add()
    add("aaron")
    with database.read_session() as session:
        assert find_account(session, sign_in_name="ann") == read_account(session, staff_id=account.id) == account
        assert [found.sign_in_name for found in list_accounts(session)] == ["aaron", "ann"]
        assert count_accounts(session) == 2
        assert account.state == "invited"
        for find in (lambda: find_account(session, sign_in_name="bob"), lambda: read_account(session, staff_id=99)):
            with pytest.raises(StaffUnknown):
                find()


def test_a_name_is_taken_once(at_once: Callable[..., list[Any]], add: Callable[..., Any]) -> None:
    def try_to_add(_: int) -> bool:
        try:
            add()
        except SignInNameTaken:
            return False
        return True

    assert sum(at_once(6, try_to_add)) == 1


def test_nothing_opens_an_account_that_is_disabled_or_cleared(
    database: Database, cipher: Cipher, enrolled: StaffAccount, now: datetime
) -> None:
    def opens() -> bool:
        with database.read_session() as session:
            return find_credentials(session, cipher=cipher, sign_in_name="ann") is not None

    assert opens()
    with database.session() as session:
        open_staff_session(session, staff_id=enrolled.id, token="token", now=now)
        disable_account(session, staff_id=enrolled.id, now=now)
        assert not note_sign_in(session, staff_id=enrolled.id, now=now)
        assert find_staff_session(session, token="token") is None
    assert not opens()
    with database.session() as session:
        clear_credentials(session, staff_id=enrolled.id)
        assert read_account(session, staff_id=enrolled.id).state == "invited"
        assert recovery_codes_left(session, staff_id=enrolled.id) == 0
    assert not opens()


def test_what_is_not_there_cannot_be_changed(database: Database, now: datetime) -> None:
    with database.session() as session:
        for change in (
            lambda: change_role(session, staff_id=99, role="agent"),
            lambda: disable_account(session, staff_id=99, now=now),
            lambda: clear_credentials(session, staff_id=99),
        ):
            with pytest.raises(StaffUnknown):
                change()
