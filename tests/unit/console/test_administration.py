"""Accounts as they are added and changed, whoever asks."""

from typing import Any

import pytest

from candidacy.console.account_errors import AdministrationError
from candidacy.console.administration import (
    add_staff,
    change_staff_role,
    disable_staff,
    invite_first_administrator,
    reset_staff,
)
from candidacy.console.proof import attempts_key
from candidacy.records.staff.accounts import SignInNameTaken, StaffUnknown, list_accounts
from candidacy.records.staff.attempts import CountedAttempts, hold_attempts


def test_the_first_account_is_an_administrators_and_there_is_one_first(database: Any, cipher: Any, clock: Any) -> None:
    with database.session() as session:
        first = invite_first_administrator(session, cipher=cipher, now=clock())
        assert invite_first_administrator(session, cipher=cipher, now=clock()) is None
    assert first is not None
    assert (first.account.sign_in_name, first.account.role, first.account.state) == (
        "admin",
        "administrator",
        "invited",
    )


def test_a_closed_account_is_no_first_one(database: Any, cipher: Any, clock: Any) -> None:
    with database.session() as session:
        first = invite_first_administrator(session, cipher=cipher, now=clock())
        assert first is not None
        disable_staff(session, staff_id=first.account.id, by=None, now=clock())
        assert invite_first_administrator(session, cipher=cipher, now=clock()) is None


def test_states_follow_what_is_done(database: Any, cipher: Any, clock: Any, hire: Any) -> None:
    staff_id = hire("agent").account.id

    def state() -> str:
        with database.read_session() as session:
            (account,) = list_accounts(session)
        return account.state

    assert state() == "active"
    with database.session() as session:
        assert disable_staff(session, staff_id=staff_id, by=None, now=clock()).state == "disabled"
    with database.session() as session:
        reset_staff(session, cipher=cipher, staff_id=staff_id, by=None, now=clock())
    assert state() == "invited"


def test_a_reset_ends_the_waiting(database: Any, cipher: Any, clock: Any, hire: Any, browser: Any) -> None:
    person = hire("agent")
    for _ in range(6):
        browser.post("/sign-in", {"name": "agent"})
    with database.session() as session:
        reset_staff(session, cipher=cipher, staff_id=person.account.id, by=None, now=clock())
    with database.session() as session:
        key = attempts_key(cipher, kind="name", value="agent")
        assert hold_attempts(session, key=key, now=clock()) == CountedAttempts(failures=0, last_at=clock())


def test_what_cannot_be_is_refused(database: Any, cipher: Any, clock: Any, hire: Any) -> None:
    hire("agent")
    with database.session() as session:
        common = {"cipher": cipher, "now": clock()}
        with pytest.raises(AdministrationError, match="The role must be one of reader, agent"):
            add_staff(session, sign_in_name="bob", full_name="Bob", role="owner", **common)
        with pytest.raises(AdministrationError, match="The sign-in name must be"):
            add_staff(session, sign_in_name="-", full_name="Bob", role="agent", **common)
        with pytest.raises(SignInNameTaken):
            add_staff(session, sign_in_name="AGENT", full_name="Bob", role="agent", **common)
        with pytest.raises(StaffUnknown):
            change_staff_role(session, staff_id=99, role="agent", by=None)
