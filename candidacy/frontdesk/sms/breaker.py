"""The breaker against pumping, with what the records count; when it opens, staff find a row and the log a line."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from candidacy.records.sms.alarms import count_first_contacts, latest_alarm, raise_alarm
from candidacy.sms.consent import ConsentState
from candidacy.sms.pumping import ANSWER_TIME, WINDOW, Breaker, Counts, Limits, Reason, is_open, stepped

LIMITS = Limits()

log = structlog.get_logger(__name__)


def is_tripped(session: Session, *, now: datetime) -> bool:
    """Whether a number that is new gets no answer now; to be asked at each first contact, which counts already."""
    before = _breaker(session)
    after = stepped(before, _counts(session, now=now), LIMITS, at=now)
    if after.until is not None and after != before:
        reasons = [reason.value for reason in after.reasons]
        if raise_alarm(session, reasons=reasons, until=after.until, now=now):
            log.error("text.breaker_opened", reasons=reasons, until=after.until.isoformat())
    return is_open(after, at=now)


def _breaker(session: Session) -> Breaker:
    alarm = latest_alarm(session)
    if alarm is None:
        return Breaker()
    return Breaker(until=alarm.ends_at, reasons=tuple(Reason(reason) for reason in alarm.reasons))


def _counts(session: Session, *, now: datetime) -> Counts:
    contacts = count_first_contacts(
        session,
        since=now - WINDOW,
        settled_before=now - ANSWER_TIME,
        unanswered_consent=ConsentState.NEW.value,
    )
    return Counts(
        new_numbers=sum(contacts.by_block.values()),
        by_prefix=contacts.by_block,
        settled=contacts.settled,
        unanswered=contacts.unanswered,
    )
