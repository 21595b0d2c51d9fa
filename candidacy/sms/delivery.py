"""How a text that is sent gets on: its state, what ends it, and when it is tried again."""

from datetime import datetime, timedelta
from enum import Enum

from candidacy.sms.delivery_errors import DeliveryErrors


class DeliveryState(Enum):
    """Where a text is; it goes from queued over sent to delivered or failed, and never back."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


MOST_ATTEMPTS = 8
"""How often a text is handed to Twilio at most, over about ten minutes."""
_FIRST_DELAY = timedelta(seconds=2)
_LONGEST_DELAY = timedelta(minutes=5)

_STATES = {
    "accepted": DeliveryState.QUEUED,
    "scheduled": DeliveryState.QUEUED,
    "queued": DeliveryState.QUEUED,
    "sending": DeliveryState.QUEUED,
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "partially_delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.DELIVERED,
    "undelivered": DeliveryState.FAILED,
    "failed": DeliveryState.FAILED,
    "canceled": DeliveryState.FAILED,
}
"""The values of `message_enum_status` in Twilio's OpenAPI description that an outgoing message has."""

_FINAL = (DeliveryState.DELIVERED, DeliveryState.FAILED)
_ORDER = (DeliveryState.QUEUED, DeliveryState.SENT)

_WORTH_ANOTHER_TRY = (408, 425, 429)
"""Statuses of the client's own range that say "not now"."""


def state_of(status: str) -> DeliveryState | None:
    """The state that one of Twilio's status words means; None for a word it did not have when this was written."""
    return _STATES.get(status.lower())


def advanced(state: DeliveryState, reported: DeliveryState) -> DeliveryState:
    """The state after a report, which may be late or repeated: what is delivered or failed stays so."""
    if state in _FINAL or reported in _FINAL:
        return state if state in _FINAL else reported
    return max(state, reported, key=_ORDER.index)


def is_permanent(status_code: int | None, error_code: int | None, errors: DeliveryErrors) -> bool:
    """Whether trying again is of no use.

    Args:
        status_code: of Twilio's HTTP answer; None when there was none.
        error_code: Twilio's own code, if it gave one; what it says goes before the status.
        errors: see `delivery_errors.load_delivery_errors`.
    """
    if error_code is not None and error_code in errors:
        return errors[error_code].permanent
    return status_code is not None and 400 <= status_code < 500 and status_code not in _WORTH_ANOTHER_TRY


def next_attempt(
    attempts: int, at: datetime, *, jitter: float, retry_after: timedelta | None = None
) -> datetime | None:
    """When to try again after a failure, or None when it has been tried often enough.

    The waits double from 2 seconds up to 5 minutes; each is shortened by up to half, by chance.

    Args:
        attempts: how many there were, with the one that just failed.
        at: when it failed.
        jitter: a random number from 0 to 1, so that many texts do not try at the same instant.
        retry_after: how long Twilio asked to wait (header Retry-After); it is kept to, up to 5 minutes.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    delay = min(_FIRST_DELAY * 2.0 ** (attempts - 1), _LONGEST_DELAY) * (1 - jitter / 2)
    asked = min(retry_after or timedelta(), _LONGEST_DELAY)
    return at + max(delay, asked)
