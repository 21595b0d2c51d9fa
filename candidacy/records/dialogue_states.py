"""Rasa's dialogue state: one encrypted row a conversation, stored with the replies of the turn that left it.

Between Rasa, which has the keys, and the records it passes sealed: whoever stores it can read nothing of it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from candidacy.records.dialect_insert import dialect_of, insert_of
from candidacy.records.encryption import Cipher
from candidacy.records.tables import dialogue_states

# Composed once: to compose a statement takes longer than to have it done.
_FIND = select(dialogue_states.c.state).where(dialogue_states.c.conversation_id == bindparam("of"))

EVENTS = "events"

Events = Sequence[Mapping[str, Any]]
"""Events as Rasa writes them, oldest first: what it needs to go on with a conversation."""


def sealed_state(events: Events, *, cipher: Cipher) -> bytes:
    """A dialogue state as it is stored."""
    return cipher.encrypt(json.dumps({EVENTS: events}))


def opened_state(sealed: bytes | None, *, cipher: Cipher) -> Events:
    """The events of a stored dialogue state, or none; raises EncryptionKeyError when no key opens it."""
    events: Events = () if sealed is None else json.loads(cipher.decrypt(sealed)).get(EVENTS, ())
    return events


def find_dialogue_state(session: Session, *, conversation_id: str) -> bytes | None:
    """The sealed dialogue state, or None when there is none."""
    state: bytes | None = session.execute(_FIND, {"of": conversation_id}).scalar_one_or_none()
    return state


def save_dialogue_state(session: Session, *, conversation_id: str, state: bytes, now: datetime) -> None:
    """Replace the dialogue state of a conversation by this one, which is sealed."""
    session.execute(
        _replacing(dialect_of(session)), {"conversation_id": conversation_id, "state": state, "updated_at": now}
    )


@cache
def _replacing(dialect: str) -> Any:
    insert = insert_of(dialect, dialogue_states)
    given = {"state": insert.excluded.state, "updated_at": insert.excluded.updated_at}
    return insert.on_conflict_do_update(index_elements=["conversation_id"], set_=given)


def require_right_key(session: Session, *, cipher: Cipher) -> None:
    """Check that the keys open what is stored; raises EncryptionKeyError when they do not."""
    newest = select(dialogue_states.c.state).order_by(dialogue_states.c.updated_at.desc()).limit(1)
    stored = session.execute(newest).scalar_one_or_none()
    if stored is not None:
        cipher.decrypt(stored)
