"""A recovery code counts once, also when it is used many times at once."""

from collections.abc import Callable
from datetime import datetime

from candidacy.records.database import Database
from candidacy.records.staff.accounts import (
    StaffAccount,
)
from candidacy.records.staff.recovery_codes import recovery_codes_left, replace_recovery_codes, use_recovery_code


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
