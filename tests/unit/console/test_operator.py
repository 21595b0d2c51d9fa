"""The command line's way to accounts and to the audit: each change is entered, each mistake said."""

from typing import Any

import pytest

from candidacy.console.account_errors import AdministrationError
from candidacy.console.operator import Operator
from candidacy.records.audit_chain import ChainHead

AUDIT_KEY = b"an audit key for tests"


@pytest.fixture
def operator(database: Any, cipher: Any, clock: Any) -> Operator:
    return Operator(database=database, cipher=cipher, audit_key=AUDIT_KEY, name="command line, root", now=clock)


def test_every_change_is_entered_by_who_made_it(operator: Operator, audit: Any) -> None:
    operator.add(sign_in_name="ann", full_name="Ann Lee", role="agent")
    operator.change_role("Ann", "reviewer")
    operator.disable("ann")
    operator.reset("ann")
    assert [(entry.action, entry.actor, entry.subject, entry.detail) for entry in audit()] == [
        ("staff.add", "command line, root", "staff/1", {"role": "agent"}),
        ("staff.change_role", "command line, root", "staff/1", {"role": "reviewer"}),
        ("staff.disable", "command line, root", "staff/1", {"role": "reviewer"}),
        ("staff.reset", "command line, root", "staff/1", {"role": "reviewer"}),
    ]
    assert [(account.role, account.state) for account in operator.accounts()] == [("reviewer", "invited")]


def test_the_first_account_is_made_once(operator: Operator, audit: Any) -> None:
    assert operator.add_first() is not None
    assert operator.add_first() is None
    assert [entry.action for entry in audit()] == ["staff.add"]


def test_mistakes_are_said_and_change_nothing(operator: Operator, audit: Any) -> None:
    operator.add(sign_in_name="ann", full_name="Ann Lee", role="agent")
    for mistake, said in (
        (lambda: operator.add(sign_in_name="ann", full_name="Ann", role="agent"), "There is an account ann already"),
        (lambda: operator.add(sign_in_name="bob", full_name="Bob", role="owner"), "The role must be one of"),
        (lambda: operator.reset("bob"), "There is no account bob"),
        (lambda: operator.disable("bob"), "There is no account bob"),
        (lambda: operator.change_role("bob", "agent"), "There is no account bob"),
        (lambda: operator.change_role("ann", "owner"), "The role must be one of"),
    ):
        with pytest.raises(AdministrationError, match=said):
            mistake()
    assert len(audit()) == 1


def test_the_audit_is_looked_through(operator: Operator) -> None:
    operator.add_first()
    report = operator.verify_audit()
    assert (report.head.sequence, report.breaks) == (1, ())
    assert operator.verify_audit(report.head).breaks == ()
    assert [found.sequence for found in operator.verify_audit(ChainHead(2, "a" * 64)).breaks] == [2]
