"""The slots that a dialogue state sets, read without Rasa."""

from typing import Any

from sqlalchemy.orm import Session

from candidacy.records.dialogue_states import find_dialogue_state, opened_state
from candidacy.records.encryption import Cipher

_SLOT_EVENT = "slot"
"""As Rasa calls the event that sets one."""


def slots_of(state: bytes | None, *, cipher: Cipher) -> dict[str, Any]:
    """The slots of a sealed dialogue state, by their names; none where there is no state."""
    events = opened_state(state, cipher=cipher)
    return {event["name"]: event["value"] for event in events if event["event"] == _SLOT_EVENT}


def saved_slots(session: Session, *, cipher: Cipher, conversation_id: str) -> dict[str, Any]:
    """The slots of a conversation by their names; none where no state is saved."""
    return slots_of(find_dialogue_state(session, conversation_id=conversation_id), cipher=cipher)
