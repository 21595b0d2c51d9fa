"""The responses of domain.yml that the front desk says without Rasa, by name."""

from candidacy.assistant.texts import Texts
from candidacy.dialogue.danger import DANGER_TEXTS

OPENING = "utter_opening"
"""The first message of every conversation: automated, not a clinician, not for emergencies."""

ASSISTANT_DOWN = "utter_assistant_down"
"""Sorry, and the clinic's number."""

NOT_RECEIVED = "utter_not_received"
"""Sorry, nothing was kept: try again, or call the clinic."""

NOBODY_CAME = "utter_nobody_came"
"""Said to who waited for a person too long: that a call-back is queued."""


def require_responses(texts: Texts) -> None:
    """Check at start that everything which may have to be said can be said.

    Raises:
        ValueError: domain.yml lacks a response; the message names each.
    """
    needed = (OPENING, ASSISTANT_DOWN, NOT_RECEIVED, NOBODY_CAME, *DANGER_TEXTS)
    missing = [name for name in needed if not texts.has(name)]
    if missing:
        raise ValueError(f"domain.yml lacks responses that the front desk says: {', '.join(missing)}")
