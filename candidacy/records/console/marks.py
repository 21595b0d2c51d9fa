"""What the inbox and the numbers ask of a conversation, written in the transaction that changes it."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import Session

from candidacy.casework.turn_marks import DANGER_KINDS, TurnMarks
from candidacy.records.console.tables import red_flags
from candidacy.records.tables import conversations


def leave_marks(
    session: Session, *, conversation_id: str, message_id: int | None, marks: TurnMarks, now: datetime
) -> None:
    """Note what a message and its turn leave; a red flag alarms until it is acknowledged.

    A text message's red flag is noted when it comes in, and not again by its turn, unless that finds a graver one.
    """
    values = marks_left(session, conversation_id=conversation_id, message_id=message_id, marks=marks, now=now)
    if values:
        _update(session, conversation_id, values)


def marks_left(
    session: Session, *, conversation_id: str, message_id: int | None, marks: TurnMarks, now: datetime
) -> dict[str, Any]:
    """As `leave_marks`, but what changes of the conversation itself is left to the caller: its values, by column."""
    values: dict[str, Any] = {}
    if marks.low_confidence:
        values["low_confidence_at"] = now
    if marks.unanswered:
        values["unanswered_at"] = now
    if marks.question is not None:
        values["last_question"] = marks.question
    if marks.red_flag is not None and not _is_noted(session, message_id, marks.red_flag):
        values.update(alarming=True, red_flag=_gravest(session, conversation_id, marks.red_flag))
        session.execute(
            insert(red_flags).values(
                conversation_id=conversation_id,
                message_id=message_id,
                level=marks.red_flag,
                category=marks.category,
                at=now,
            )
        )
    return values


def note_stage(session: Session, *, conversation_id: str, stage: str, now: datetime) -> None:
    """Note when a visitor first came to a stage of `casework.inbox_filter.STAGES`."""
    column = conversations.c[f"{stage}_at"]
    _update(session, conversation_id, {column.name: func.coalesce(column, now)})


def note_outcome(session: Session, *, conversation_id: str, outcome: str) -> None:
    """Note the outcome of the latest screening."""
    _update(session, conversation_id, {"outcome": outcome})


def _is_noted(session: Session, message_id: int | None, level: str) -> bool:
    """Whether a message has raised a red flag of this level, or a graver one."""
    graver = DANGER_KINDS[: DANGER_KINDS.index(level) + 1]
    noted = exists().where(red_flags.c.message_id == message_id, red_flags.c.level.in_(graver))
    return message_id is not None and bool(session.execute(select(noted)).scalar_one())


def _gravest(session: Session, conversation_id: str, level: str) -> str:
    statement = select(conversations.c.red_flag).where(conversations.c.id == conversation_id)
    known = session.execute(statement).scalar_one_or_none()
    return min((level, known or level), key=DANGER_KINDS.index)


def _update(session: Session, conversation_id: str, values: dict[str, Any]) -> None:
    session.execute(update(conversations).where(conversations.c.id == conversation_id).values(**values))
