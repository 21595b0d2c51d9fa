"""The slots that a saved dialogue state sets, read without Rasa."""

from typing import Any

from sqlalchemy.orm import Session

from candidacy.records.dialogue_states import load_dialogue_state
from candidacy.records.encryption import Cipher

_SLOT_EVENT = "slot"
"""As Rasa calls the event that sets one."""


def saved_slots(session: Session, *, cipher: Cipher, conversation_id: str) -> dict[str, Any]:
    """The slots by their names; none for a conversation without a saved state."""
    saved = load_dialogue_state(session, cipher=cipher, conversation_id=conversation_id)
    events = saved.state.get("events", []) if saved else []
    return {event["name"]: event["value"] for event in events if event["event"] == _SLOT_EVENT}
