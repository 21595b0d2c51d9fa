"""Accounts, links, sessions and attempts as they are kept; of several at once that use something up, one does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import (
    SignInNameTaken,
    StaffAccount,
    StaffUnknown,
    add_account,
    change_role,
    clear_credentials,
    count_accounts,
    disable_account,
    find_account,
    list_accounts,
    read_account,
)
from candidacy.records.staff.attempts import (
    CountedAttempts,
    forget_attempts,
    forget_attempts_before,
    hold_attempts,
    set_attempts,
    take_back_attempt,
)
from candidacy.records.staff.credentials import find_credentials, note_sign_in, set_password, use_totp_step
from candidacy.records.staff.links import LinkUnknown, issue_link, open_link, use_link
from candidacy.records.staff.recovery_codes import recovery_codes_left, replace_recovery_codes, use_recovery_code
from candidacy.records.staff.sessions import (
    end_staff_session,
    end_staff_sessions,
    find_staff_session,
    forget_staff_sessions,
    note_seen,
    open_staff_session,
)

DAY = timedelta(days=1)


def add(database: Database, now: datetime, name: str = "ann") -> StaffAccount:
    with database.session() as session:
        return add_account(session, sign_in_name=name, full_name="Ann Lee", role="agent", now=now)


def invite(database: Database, cipher: Cipher, staff_id: int, now: datetime, *, token: str = "link") -> None:
    with database.session() as session:
        issue_link(
            session, cipher=cipher, staff_id=staff_id, token=token, totp_key="KEY", now=now, expires_at=now + DAY
        )


def enrol(database: Database, cipher: Cipher, now: datetime, *, token: str = "link") -> StaffAccount:
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


@pytest.fixture
def enrolled(database: Database, cipher: Cipher, now: datetime) -> StaffAccount:
    """An account that is set up."""
    account = add(database, now)
    invite(database, cipher, account.id, now)
    return enrol(database, cipher, now)


def test_an_account_is_found_by_name_and_id(database: Database, now: datetime) -> None:
    account = add(database, now)
    add(database, now, "aaron")
    with database.read_session() as session:
        assert find_account(session, sign_in_name="ann") == read_account(session, staff_id=account.id) == account
        assert [found.sign_in_name for found in list_accounts(session)] == ["aaron", "ann"]
        assert count_accounts(session) == 2
        assert account.state == "invited"
        for find in (lambda: find_account(session, sign_in_name="bob"), lambda: read_account(session, staff_id=99)):
            with pytest.raises(StaffUnknown):
                find()


def test_a_name_is_taken_once(database: Database, now: datetime, at_once: Callable[..., list[Any]]) -> None:
    def try_to_add(_: int) -> bool:
        try:
            add(database, now)
        except SignInNameTaken:
            return False
        return True

    assert sum(at_once(6, try_to_add)) == 1


def test_a_link_opens_until_it_is_used(database: Database, cipher: Cipher, now: datetime) -> None:
    account = add(database, now)
    invite(database, cipher, account.id, now)
    with database.read_session() as session:
        link = open_link(session, cipher=cipher, token="link", now=now)
    assert (link.account, link.totp_key) == (account, "KEY")
    enrol(database, cipher, now)
    with database.read_session() as session:
        credentials = find_credentials(session, cipher=cipher, sign_in_name="ann")
        assert read_account(session, staff_id=account.id).state == "active"
    assert credentials is not None
    assert (credentials.password_hash, credentials.totp_key, credentials.totp_last_step) == ("hash", "KEY", 100)
    with pytest.raises(LinkUnknown):
        enrol(database, cipher, now)


def test_of_several_that_use_a_link_at_once_one_does(
    database: Database, cipher: Cipher, now: datetime, at_once: Callable[..., list[Any]]
) -> None:
    account = add(database, now)
    invite(database, cipher, account.id, now)

    def try_to_enrol(_: int) -> bool:
        try:
            enrol(database, cipher, now)
        except LinkUnknown:
            return False
        return True

    assert sum(at_once(6, try_to_enrol)) == 1
    with database.read_session() as session:
        assert recovery_codes_left(session, staff_id=account.id) == 2


def test_a_link_ends_by_age_by_a_newer_one_and_with_its_account(
    database: Database, cipher: Cipher, now: datetime
) -> None:
    account = add(database, now)
    invite(database, cipher, account.id, now)

    def opens(token: str, at: datetime) -> bool:
        try:
            with database.read_session() as session:
                open_link(session, cipher=cipher, token=token, now=at)
        except LinkUnknown:
            return False
        return True

    assert opens("link", now + DAY - timedelta(seconds=1))
    assert not opens("link", now + DAY)
    invite(database, cipher, account.id, now, token="newer")
    assert (opens("link", now), opens("newer", now)) == (False, True)
    with database.session() as session:
        disable_account(session, staff_id=account.id, now=now)
    assert not opens("newer", now)


def test_a_step_is_used_once_and_only_forward(
    database: Database, enrolled: StaffAccount, at_once: Callable[..., list[bool]]
) -> None:
    def use(step: int) -> bool:
        with database.session() as session:
            return use_totp_step(session, staff_id=enrolled.id, step=step)

    assert [use(step) for step in (99, 100, 101, 101, 100)] == [False, False, True, False, False]
    assert sum(at_once(6, lambda _: use(102))) == 1


def test_a_recovery_code_is_used_once(
    database: Database, enrolled: StaffAccount, now: datetime, at_once: Callable[..., list[bool]]
) -> None:
    def use(code_hash: str) -> bool:
        with database.session() as session:
            return use_recovery_code(session, staff_id=enrolled.id, code_hash=code_hash, now=now)

    assert sum(at_once(6, lambda _: use("one"))) == 1
    assert not use("three")
    with database.session() as session:
        assert recovery_codes_left(session, staff_id=enrolled.id) == 1
        replace_recovery_codes(session, staff_id=enrolled.id, hashes=["four", "five", "six"])
        assert recovery_codes_left(session, staff_id=enrolled.id) == 3
    assert not use("two")


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


def test_password_role_and_last_sign_in_are_kept(
    database: Database, cipher: Cipher, enrolled: StaffAccount, now: datetime
) -> None:
    with database.session() as session:
        set_password(session, staff_id=enrolled.id, password_hash="another")
        change_role(session, staff_id=enrolled.id, role="reviewer")
        assert note_sign_in(session, staff_id=enrolled.id, now=now)
    with database.read_session() as session:
        credentials = find_credentials(session, cipher=cipher, sign_in_name="ann")
        account = read_account(session, staff_id=enrolled.id)
    assert credentials is not None
    assert credentials.password_hash == "another"
    assert (account.role, account.last_signed_in_at) == ("reviewer", now)


def test_a_session_is_found_by_its_token_until_it_is_ended(
    database: Database, enrolled: StaffAccount, now: datetime
) -> None:
    later = now + timedelta(minutes=5)
    with database.session() as session:
        for token in ("first", "second", "third"):
            open_staff_session(session, staff_id=enrolled.id, token=token, now=now)
        note_seen(session, token="second", now=later)
        found = find_staff_session(session, token="second")
        assert found is not None
        assert (found.account.id, found.created_at, found.last_seen_at) == (enrolled.id, now, later)
        end_staff_session(session, token="first")
        assert find_staff_session(session, token="first") is None
        forget_staff_sessions(session, seen_before=later)
        assert find_staff_session(session, token="third") is None
        assert find_staff_session(session, token="second") is not None
        end_staff_sessions(session, staff_id=enrolled.id)
        assert find_staff_session(session, token="second") is None


def test_attempts_are_counted_by_key(database: Database, now: datetime) -> None:
    later = now + timedelta(minutes=1)
    with database.session() as session:
        assert hold_attempts(session, key="a", now=now) == CountedAttempts(failures=0, last_at=now)
        set_attempts(session, key="a", failures=3, now=later)
        assert hold_attempts(session, key="a", now=now) == CountedAttempts(failures=3, last_at=later)
        take_back_attempt(session, key="a")
        assert hold_attempts(session, key="a", now=now).failures == 2
        assert hold_attempts(session, key="b", now=now).failures == 0
        forget_attempts_before(session, before=later)
        assert hold_attempts(session, key="a", now=now).failures == 2
        forget_attempts(session, key="a")
        assert hold_attempts(session, key="a", now=now).failures == 0


def test_attempts_at_once_are_all_counted(
    database: Database, now: datetime, at_once: Callable[..., list[None]]
) -> None:
    def count(_: int) -> None:
        with database.session() as session:
            held = hold_attempts(session, key="a", now=now)
            set_attempts(session, key="a", failures=held.failures + 1, now=now)

    at_once(8, count)
    with database.session() as session:
        assert hold_attempts(session, key="a", now=now).failures == 8
