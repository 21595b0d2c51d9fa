"""Rasa's dialogue state: one encrypted row a conversation, with the last turn's replies beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.encryption import Cipher
from candidacy.records.tables import conversations, dialogue_states


class DialogueStateMoved(Exception):
    """Since a turn's dialogue state was loaded, another run of it, or a later turn, was saved."""


@dataclass(frozen=True)
class DialogueState:
    """What Rasa needs to go on with a conversation.

    `last_turn` and `last_replies` are of the turn that was saved last: the same turn again gets the same replies.
    """

    state: Mapping[str, Any] = field(repr=False)
    last_turn: str | None
    last_replies: Sequence[Mapping[str, Any]] = field(repr=False)


def load_dialogue_state(session: Session, *, cipher: Cipher, conversation_id: str) -> DialogueState | None:
    """The saved dialogue state, or None when there is none; raises EncryptionKeyError when no key opens it."""
    row = session.execute(
        select(dialogue_states).where(dialogue_states.c.conversation_id == conversation_id)
    ).one_or_none()
    if row is None:
        return None
    return DialogueState(
        state=json.loads(cipher.decrypt(row.state)),
        last_turn=row.last_turn,
        last_replies=json.loads(cipher.decrypt(row.last_replies)),
    )


def require_right_key(session: Session, *, cipher: Cipher) -> None:
    """Check that the keys open what is stored; raises EncryptionKeyError when they do not."""
    newest = select(dialogue_states.c.last_replies).order_by(dialogue_states.c.updated_at.desc()).limit(1)
    stored = session.execute(newest).scalar_one_or_none()
    if stored is not None:
        cipher.decrypt(stored)


def require_unmoved(session: Session, *, conversation_id: str, last_turn: str | None) -> None:
    """Make sure that no turn was saved since `last_turn`, and that none is until this transaction ends.

    A state that is gone was erased by the turn itself, which may still be saved.

    Raises:
        DialogueStateMoved: one was.
    """
    # The conversation's row, as before the first turn there is no state yet to lock.
    session.execute(select(conversations.c.id).where(conversations.c.id == conversation_id).with_for_update())
    stored = session.execute(
        select(dialogue_states.c.last_turn).where(dialogue_states.c.conversation_id == conversation_id)
    ).scalar_one_or_none()
    if stored is not None and stored != last_turn:
        raise DialogueStateMoved("another turn was saved meanwhile")


def save_dialogue_state(
    session: Session,
    *,
    cipher: Cipher,
    conversation_id: str,
    state: Mapping[str, Any],
    last_turn: str | None,
    last_replies: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Replace the dialogue state of a conversation.

    Of an erased conversation only the turn and its replies are kept, with an empty state: the turn that erased it is
    saved after the erasure, and must not bring back what the visitor had deleted.
    """
    kept = {} if _is_erased(session, conversation_id=conversation_id) else dict(state)
    values = {
        "state": cipher.encrypt(json.dumps(kept)),
        "last_turn": last_turn,
        "last_replies": cipher.encrypt(json.dumps([dict(reply) for reply in last_replies])),
        "updated_at": now,
    }
    session.execute(
        dialect_insert(session, dialogue_states)
        .values(conversation_id=conversation_id, **values)
        .on_conflict_do_update(index_elements=["conversation_id"], set_=values)
    )


def _is_erased(session: Session, *, conversation_id: str) -> bool:
    # Locked, so that an erasure at the same time is either seen here or deletes what is saved here.
    row = session.execute(
        select(conversations.c.erased_at).where(conversations.c.id == conversation_id).with_for_update()
    ).one_or_none()
    return row is not None and row.erased_at is not None
