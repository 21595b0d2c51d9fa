"""Alarms of the breaker against pumping: what is counted for it, and a row for staff each time it opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.sms.tables import texters, texting_alarms


@dataclass(frozen=True)
class FirstContacts:
    """Numbers that texted for the first time within a while.

    Attributes:
        by_block: how many of each block of numbers, by the block's key.
        settled: those that were answered and have had time to write again.
        unanswered: those of the settled that did not.
    """

    by_block: Mapping[str, int]
    settled: int
    unanswered: int


@dataclass(frozen=True)
class Alarm:
    """Why and until when new numbers are left without an answer."""

    reasons: tuple[str, ...]
    ends_at: datetime


def count_first_contacts(
    session: Session, *, since: datetime, settled_before: datetime, unanswered_consent: str
) -> FirstContacts:
    """The numbers that first texted after an instant; of these, those before another have had time to write again.

    Those whose consent stands where it began were not answered, and so could not.
    """
    recent = texters.c.first_seen_at >= since
    blocks = select(texters.c.block_key, func.count().label("numbers")).where(recent).group_by(texters.c.block_key)
    settled = (
        select(func.count())
        .select_from(texters)
        .where(recent, texters.c.first_seen_at < settled_before, texters.c.consent != unanswered_consent)
    )
    return FirstContacts(
        by_block={row.block_key: row.numbers for row in session.execute(blocks)},
        settled=session.execute(settled).scalar_one(),
        unanswered=session.execute(settled.where(texters.c.messages_received == 1)).scalar_one(),
    )


def latest_alarm(session: Session) -> Alarm | None:
    """The alarm that was raised last."""
    row = session.execute(select(texting_alarms).order_by(texting_alarms.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else Alarm(reasons=tuple(row.reasons.split(",")), ends_at=row.ends_at)


def raise_alarm(session: Session, *, reasons: Sequence[str], until: datetime, now: datetime) -> bool:
    """Raise an alarm, or let the one that is on last longer; returns whether it is a new one."""
    values = {"reasons": ",".join(reasons), "ends_at": until}
    extended = session.execute(update(texting_alarms).where(texting_alarms.c.ends_at > now).values(**values))
    if extended.rowcount:
        return False
    session.execute(insert(texting_alarms).values(raised_at=now, **values))
    return True
