"""The inbox's filters as conditions of a query, each within an index."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from candidacy.casework.clinic_time import start_of
from candidacy.casework.inbox_filter import STAGES, InboxFilter
from candidacy.casework.waiting import WAIT_SPANS
from candidacy.records.console.tables import conversation_tags, waits
from candidacy.records.tables import answers_a_question, conversations, messages

FEW = 1000
"""Up to so many conversations with a tag, topic or wait are looked up one by one; more are met soon enough in the
inbox's own order. Either way a page looks at few rows, whatever the planner believes."""

_A_DAY = timedelta(days=1)


def conditions(session: Session, narrowed: InboxFilter, *, timezone: ZoneInfo) -> list[Any]:
    """The conditions that a filter stands for; erased conversations are never listed."""
    c = conversations.c
    found = [c.erased_at.is_(None)]
    found += [
        c[name] == value
        for name in ("channel", "state", "outcome", "assignee_id")
        if (value := getattr(narrowed, name)) is not None
    ]
    found += _marks(narrowed)
    found += _dates(narrowed, timezone)
    if narrowed.dropped_at is not None:
        found += [c.consented_at.is_not(None), c.finished_at.is_(None), c.last_question == narrowed.dropped_at]
    if narrowed.tag is not None:
        tagged = select(conversation_tags.c.conversation_id).where(conversation_tags.c.tag == narrowed.tag)
        found.append(_one_by_one_or_in_order(session, tagged, conversation_tags.c.conversation_id))
    if narrowed.topic is not None:
        asked = select(messages.c.conversation_id).where(answers_a_question, messages.c.topic == narrowed.topic)
        found.append(_one_by_one_or_in_order(session, asked, messages.c.conversation_id))
    if narrowed.wait_end is not None or narrowed.waited is not None:
        waited = select(waits.c.conversation_id).where(*_waits(narrowed))
        found.append(_one_by_one_or_in_order(session, waited, waits.c.conversation_id))
    return found


def reached(stage: str) -> list[Any]:
    """The conditions that a conversation came to a stage, through all those before it."""
    return [conversations.c[f"{passed}_at"].is_not(None) for passed in STAGES[: STAGES.index(stage) + 1]]


def a_person_came_within(span: str) -> list[Any]:
    """The conditions that a wait ended with a person after a time within a span of `WAIT_SPANS`, to the second."""
    seconds = extract("epoch", waits.c.ended_at) - extract("epoch", waits.c.since)
    least, below = WAIT_SPANS[span]
    return [waits.c.how == "claimed", seconds >= least, *([seconds < below] if below is not None else [])]


def begun_within(narrowed: InboxFilter, *, timezone: ZoneInfo) -> list[Any]:
    """The conditions that a conversation began within the filter's dates."""
    c = conversations.c
    found = []
    if narrowed.begun_from is not None:
        found.append(c.created_at >= start_of(narrowed.begun_from, timezone=timezone))
    if narrowed.begun_to is not None:
        found.append(c.created_at < start_of(narrowed.begun_to + _A_DAY, timezone=timezone))
    return found


def _waits(narrowed: InboxFilter) -> list[Any]:
    found = [] if narrowed.waited is None else a_person_came_within(narrowed.waited)
    return found if narrowed.wait_end is None else [*found, waits.c.how == narrowed.wait_end]


def _marks(narrowed: InboxFilter) -> list[Any]:
    c = conversations.c
    found = []
    if narrowed.red_flag:
        found.append(c.red_flag.is_not(None))
    if narrowed.red_flag_level is not None:
        found.append(c.red_flag == narrowed.red_flag_level)
    if narrowed.alarming:
        found.append(c.alarming.is_(True))
    if narrowed.low_confidence:
        found.append(c.low_confidence_at.is_not(None))
    if narrowed.unanswered:
        found.append(c.unanswered_at.is_not(None))
    return found + (reached(narrowed.stage) if narrowed.stage is not None else [])


def _dates(narrowed: InboxFilter, timezone: ZoneInfo) -> list[Any]:
    c = conversations.c
    found = begun_within(narrowed, timezone=timezone)
    if narrowed.active_from is not None:
        found.append(c.last_activity_at >= start_of(narrowed.active_from, timezone=timezone))
    if narrowed.active_to is not None:
        found.append(c.last_activity_at < start_of(narrowed.active_to + _A_DAY, timezone=timezone))
    return found


def _one_by_one_or_in_order(session: Session, chosen: Any, id_column: Any) -> Any:
    few = select(func.count()).select_from(chosen.limit(FEW + 1).subquery())
    if session.execute(few).scalar_one() <= FEW:
        return conversations.c.id.in_([row[0] for row in session.execute(chosen)])
    return chosen.where(id_column == conversations.c.id).correlate(conversations).exists()
