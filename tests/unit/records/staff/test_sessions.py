"""Staff's sessions are found by their token until they are ended."""

from datetime import datetime, timedelta

from candidacy.records.database import Database
from candidacy.records.staff.accounts import (
    StaffAccount,
)
from candidacy.records.staff.sessions import (
    end_staff_session,
    end_staff_sessions,
    find_staff_session,
    forget_staff_sessions,
    note_seen,
    open_staff_session,
)


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
