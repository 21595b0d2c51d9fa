"""What opens an account is kept, and a step of the app's codes counts once."""

from collections.abc import Callable
from datetime import datetime

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import (
    StaffAccount,
    change_role,
    read_account,
)
from candidacy.records.staff.credentials import find_credentials, note_sign_in, set_password, use_totp_step


def test_a_step_is_used_once_and_only_forward(
    database: Database, enrolled: StaffAccount, at_once: Callable[..., list[bool]]
) -> None:
    def use(step: int) -> bool:
        with database.session() as session:
            return use_totp_step(session, staff_id=enrolled.id, step=step)

    assert [use(step) for step in (99, 100, 101, 101, 100)] == [False, False, True, False, False]
    assert sum(at_once(6, lambda _: use(102))) == 1


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
