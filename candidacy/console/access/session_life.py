"""How long a staff member's session lasts. Pure. See NIST SP 800-63B-4, section 2.2.3."""

from datetime import datetime, timedelta

IDLE_LIMIT = timedelta(minutes=15)
"""A session ends when nothing was done in it for so long."""
WHOLE_LIMIT = timedelta(hours=12)
"""It ends so long after the sign-in, whatever is done in it."""
SEEN_EVERY = timedelta(minutes=1)
"""What is done is noted so often, so that not every page is a write; the idle limit may come this much sooner."""


def ends_at(*, created_at: datetime, last_seen_at: datetime) -> datetime:
    """When a session ends if nothing more is done in it."""
    return min(last_seen_at + IDLE_LIMIT, created_at + WHOLE_LIMIT)


def is_open(*, created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Whether a session still opens anything."""
    return now < ends_at(created_at=created_at, last_seen_at=last_seen_at)


def is_due_to_be_noted(*, last_seen_at: datetime, now: datetime) -> bool:
    """Whether what is done now should be written down."""
    return now - last_seen_at >= SEEN_EVERY
