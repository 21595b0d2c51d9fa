"""What the front desk says when the assistant gives no answer: danger advice first, else sorry and the number."""

from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.frontdesk.danger import danger_response
from candidacy.frontdesk.responses import ASSISTANT_DOWN
from candidacy.language.red_flag import RedFlag

RED_FLAG_PATIENCE_SECONDS = 2.0
"""How long somebody in danger waits for the assistant before the front desk answers by itself."""


def fallback_replies(*, texts: Texts, red_flag: RedFlag | None, channel: str) -> tuple[Reply, ...]:
    """The words for a message that the assistant did not answer."""
    return (texts.reply(fallback_response(red_flag), channel=channel),)


def fallback_response(red_flag: RedFlag | None) -> str:
    """The name of the response: by the red flag's level and language, else that the assistant is down."""
    return ASSISTANT_DOWN if red_flag is None else danger_response(red_flag)


def patience_seconds(*, red_flag: RedFlag | None, turn_timeout_seconds: float) -> float:
    """How long to wait for the assistant, in seconds: a whole turn, but not while somebody may be in danger."""
    return turn_timeout_seconds if red_flag is None else min(RED_FLAG_PATIENCE_SECONDS, turn_timeout_seconds)
