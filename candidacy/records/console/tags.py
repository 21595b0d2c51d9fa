"""Tags: words that staff put on conversations to find them again."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from candidacy.records.console.tables import conversation_tags
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.dialect_insert import dialect_insert

LONGEST_TAG = 60


def plain_tag(text: str) -> str:
    """A tag as it is kept: in lower case, one space between words.

    Raises:
        ValueError: nothing is left, or it is longer than `LONGEST_TAG`.
    """
    tag = " ".join(text.lower().split())
    if not tag or len(tag) > LONGEST_TAG:
        raise ValueError(f"a tag must have 1 to {LONGEST_TAG} characters")
    return tag


def add_tag(session: Session, *, conversation_id: str, staff_id: int, tag: str, now: datetime) -> None:
    """Put a tag on a conversation; one that it has already stays as it is.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
        ValueError: see `plain_tag`.
    """
    lock_conversation(session, conversation_id=conversation_id)
    session.execute(
        dialect_insert(session, conversation_tags)
        .values(conversation_id=conversation_id, tag=plain_tag(tag), staff_id=staff_id, at=now)
        .on_conflict_do_nothing()
    )


def remove_tag(session: Session, *, conversation_id: str, tag: str) -> bool:
    """Take a tag off a conversation; returns False when it does not have it."""
    removed = session.execute(
        delete(conversation_tags).where(
            conversation_tags.c.conversation_id == conversation_id, conversation_tags.c.tag == plain_tag(tag)
        )
    )
    return bool(removed.rowcount)


def tags_of_many(session: Session, *, conversation_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The tags of some conversations, in alphabetical order."""
    if not conversation_ids:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    rows = session.execute(
        select(conversation_tags.c.conversation_id, conversation_tags.c.tag)
        .where(conversation_tags.c.conversation_id.in_(conversation_ids))
        .order_by(conversation_tags.c.tag)
    )
    for row in rows:
        found[row.conversation_id].append(row.tag)
    return {conversation_id: tuple(tags) for conversation_id, tags in found.items()}


def known_tags(session: Session) -> list[str]:
    """Every tag in use, in alphabetical order."""
    statement = select(conversation_tags.c.tag).group_by(conversation_tags.c.tag).order_by(conversation_tags.c.tag)
    return list(session.execute(statement).scalars())
