"""Numbers at a glance: of the conversations begun within some dates, how far they came and what was asked.

Each number counts what the inbox lists for `narrowed` with the number's own filter added, so each can be a link.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, distinct, func, select
from sqlalchemy.orm import Session

from candidacy.casework.clinic_time import day_of
from candidacy.casework.inbox_filter import STAGES, InboxFilter
from candidacy.casework.turn_marks import UNANSWERED_KINDS
from candidacy.casework.waiting import WAIT_SPANS
from candidacy.records.console.inbox_conditions import a_person_came_within, begun_within, reached
from candidacy.records.console.tables import waits
from candidacy.records.tables import answers_a_question, conversations, messages


@dataclass(frozen=True)
class TopicCount:
    """In how many conversations a topic was asked about; `unanswered` where there was no answer to it."""

    topic: str
    conversations: int
    unanswered: bool


@dataclass(frozen=True)
class Waiting:
    """How long people waited for a person; a conversation with several waits counts wherever one of them does.

    `median` and `slowest_tenth` are of the waits that ended with a person: half and nine tenths of them were shorter.
    """

    ended: dict[str, int]
    """In how many conversations, by how the wait ended."""
    lengths: dict[str, int]
    """In how many a person came, by the span (of `WAIT_SPANS`) after which; spans without any are left out."""
    median: timedelta | None
    slowest_tenth: timedelta | None


@dataclass(frozen=True)
class Numbers:
    """The numbers of some dates; every count is of conversations."""

    begun: int
    stages: dict[str, int]
    """How many came to each stage of `STAGES`, through all before it."""
    requested: int
    """How many requested a consultation, with or without the screening."""
    dropped_at: dict[str, int]
    """By question: how many agreed to the screening and left it there."""
    topics: tuple[TopicCount, ...]
    """The most asked first."""
    channels: dict[str, int]
    red_flags: dict[str, int]
    """By the gravest level of the conversation."""
    outcomes: dict[str, int]
    unanswered: int
    waiting: Waiting
    by_day: dict[date, int]
    """How many began on each of the clinic's days; days without any are left out."""


def numbers(session: Session, *, narrowed: InboxFilter, timezone: ZoneInfo) -> Numbers:
    """The numbers of the conversations begun within the filter's dates (`begun_from`, `begun_to`), without erased ones.

    Args:
        session: a session that reads.
        narrowed: says the dates; its other filters are passed over.
        timezone: the clinic's, in which the dates are meant.
    """
    begun = [conversations.c.erased_at.is_(None), *begun_within(narrowed, timezone=timezone)]
    c = conversations.c
    left = and_(c.consented_at.is_not(None), c.finished_at.is_(None), c.last_question.is_not(None))
    return Numbers(
        begun=_count(session, begun),
        stages={stage: _count(session, [*begun, *reached(stage)]) for stage in STAGES},
        requested=_count(session, [*begun, c.requested_at.is_not(None)]),
        dropped_at=_by(session, c.last_question, [*begun, left]),
        topics=_topics(session, begun),
        channels=_by(session, c.channel, begun),
        red_flags=_by(session, c.red_flag, [*begun, c.red_flag.is_not(None)]),
        outcomes=_by(session, c.outcome, [*begun, c.outcome.is_not(None)]),
        unanswered=_count(session, [*begun, c.unanswered_at.is_not(None)]),
        waiting=_waiting(session, begun),
        by_day=_by_day(session, begun, timezone),
    )


def _count(session: Session, wanted: Sequence[Any]) -> int:
    return int(session.execute(select(func.count()).select_from(conversations).where(*wanted)).scalar_one())


def _by(session: Session, column: Any, wanted: Sequence[Any]) -> dict[str, int]:
    statement = select(column, func.count()).select_from(conversations).where(*wanted).group_by(column).order_by(column)
    return {row[0]: row[1] for row in session.execute(statement)}


def _topics(session: Session, begun: Sequence[Any]) -> tuple[TopicCount, ...]:
    unanswered = messages.c.kind.in_(UNANSWERED_KINDS)
    statement = (
        select(messages.c.topic, unanswered.label("unanswered"), func.count(distinct(messages.c.conversation_id)))
        .select_from(messages)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(answers_a_question, messages.c.topic.is_not(None), *begun)
        .group_by(messages.c.topic, unanswered)
    )
    counts = [
        TopicCount(topic=row[0], unanswered=bool(row[1]), conversations=row[2]) for row in session.execute(statement)
    ]
    return tuple(sorted(counts, key=lambda count: (-count.conversations, count.topic)))


def _waiting(session: Session, begun: Sequence[Any]) -> Waiting:
    rows = session.execute(
        select(waits.c.conversation_id, waits.c.since, waits.c.ended_at, waits.c.how)
        .join(conversations, conversations.c.id == waits.c.conversation_id)
        .where(*begun)
    ).all()
    answered = sorted(row.ended_at - row.since for row in rows if row.how == "claimed")
    lengths = {span: _count_waits(session, [*begun, *a_person_came_within(span)]) for span in WAIT_SPANS}
    return Waiting(
        ended=dict(sorted(Counter(how for how, _ in {(row.how, row.conversation_id) for row in rows}).items())),
        lengths={span: count for span, count in lengths.items() if count},
        median=_nearest_rank(answered, 0.5),
        slowest_tenth=_nearest_rank(answered, 0.9),
    )


def _count_waits(session: Session, wanted: Sequence[Any]) -> int:
    statement = (
        select(func.count(distinct(waits.c.conversation_id)))
        .join(conversations, conversations.c.id == waits.c.conversation_id)
        .where(*wanted)
    )
    return int(session.execute(statement).scalar_one())


def _nearest_rank(durations: Sequence[timedelta], share: float) -> timedelta | None:
    if not durations:
        return None
    return durations[min(len(durations) - 1, int(share * len(durations)))]


def _by_day(session: Session, begun: Sequence[Any], timezone: ZoneInfo) -> dict[date, int]:
    # Counted here, since neither database knows the clinic's days over the change of clocks.
    instants: Sequence[datetime] = (
        session.execute(select(conversations.c.created_at).where(*begun).order_by(conversations.c.created_at))
        .scalars()
        .all()
    )
    return dict(Counter(day_of(instant, timezone=timezone) for instant in instants))
