"""First contacts are counted by block, and an alarm is one row for as long as it is on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select

from candidacy.records.database import Database
from candidacy.records.sms.alarms import Alarm, FirstContacts, count_first_contacts, latest_alarm, raise_alarm
from candidacy.records.sms.tables import texting_alarms
from candidacy.records.sms.texters import set_consent_state
from tests.unit.records.sms.conftest import new_text

MINUTE = timedelta(minutes=1)


def test_first_contacts_are_counted(database: Database, keep: Callable[..., bool], now: datetime) -> None:
    for sid, sender in (("SM1", "a"), ("SM2", "b"), ("SM3", "b"), ("SM4", "c")):
        keep(new_text(sid, sender=sender))
    with database.session() as session:
        for sender in ("a", "b"):
            set_consent_state(session, sender_key=sender, consent="welcomed")

    def count(since: datetime, settled_before: datetime) -> FirstContacts:
        with database.read_session() as session:
            return count_first_contacts(session, since=since, settled_before=settled_before, unanswered_consent="new")

    assert count(now - MINUTE, now + MINUTE) == FirstContacts({"block": 3}, settled=2, unanswered=1)
    assert count(now - MINUTE, now) == FirstContacts({"block": 3}, settled=0, unanswered=0)
    assert count(now + MINUTE, now + MINUTE) == FirstContacts({}, settled=0, unanswered=0)


def test_an_alarm_that_is_on_lasts_longer_and_one_that_ended_is_raised_anew(database: Database, now: datetime) -> None:
    with database.session() as session:
        assert latest_alarm(session) is None
        assert raise_alarm(session, reasons=["one_range"], until=now + MINUTE, now=now)
        assert not raise_alarm(session, reasons=["unanswered"], until=now + 2 * MINUTE, now=now)
        assert latest_alarm(session) == Alarm(reasons=("unanswered",), ends_at=now + 2 * MINUTE)
        assert raise_alarm(session, reasons=["one_range"], until=now + 9 * MINUTE, now=now + 3 * MINUTE)
        assert session.execute(select(func.count()).select_from(texting_alarms)).scalar_one() == 2
