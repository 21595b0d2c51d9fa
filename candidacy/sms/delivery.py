"""How a text that is sent gets on: its state, what ends it, and when it is tried again."""

from datetime import datetime, timedelta
from enum import Enum


class DeliveryState(Enum):
    """Where a text is; it goes from queued over sent to delivered or failed, and never back."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


MOST_ATTEMPTS = 8
"""How often a text is handed to Twilio at most, over about ten minutes."""


def state_of(status: str) -> DeliveryState | None:
    """The state that one of Twilio's status words means; None for a word it did not have when this was written."""
    raise NotImplementedError


def advanced(state: DeliveryState, reported: DeliveryState) -> DeliveryState:
    """The state after a report, which may be late or repeated: what is delivered or failed stays so."""
    raise NotImplementedError


def is_permanent(status_code: int | None, error_code: int | None) -> bool:
    """Whether trying again is of no use.

    Args:
        status_code: of Twilio's HTTP answer; None when there was none.
        error_code: Twilio's own code, if it gave one.
    """
    raise NotImplementedError


def next_attempt(
    attempts: int, at: datetime, *, jitter: float, retry_after: timedelta | None = None
) -> datetime | None:
    """When to try again after a failure, or None when it has been tried often enough.

    Args:
        attempts: how many there were, with the one that just failed.
        at: when it failed.
        jitter: a random number from 0 to 1, so that many texts do not try at the same instant.
        retry_after: how long Twilio asked to wait (header Retry-After).
    """
    raise NotImplementedError
