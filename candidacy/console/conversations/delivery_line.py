"""How a text got on, in the words that stand below it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from candidacy.console.conversations.labels import Labels

FAILED = "failed"


@dataclass(frozen=True)
class DeliveryLine:
    """What stands below a text message; as `MessageLine` has it when the message comes."""

    position: int
    delivery: str
    undelivered: bool


def delivery_words(
    state: str | None,
    *,
    error: str | None,
    held_until: datetime | None,
    labels: Labels,
    written: Callable[[datetime], str],
) -> str:
    """How a text got on; "" for what is not texted.

    Args:
        state: its delivery state.
        error: why it failed.
        held_until: when it goes out, where it is held back for the quiet hours.
        labels: the words for states.
        written: how an instant is written.
    """
    if held_until is not None:
        return f"Held back for the quiet hours; goes out {written(held_until)}"
    why = f" ({error})" if state == FAILED and error else ""
    return labels("delivery", state) + why
