"""The limits on what one visitor and one network address may do; this process's own memory, nothing is stored."""

import time
from collections.abc import Callable, Mapping
from enum import Enum

from candidacy.frontdesk.token_bucket import Bucket, level, take
from candidacy.settings import Settings

TIDY_SIZE = 10_000
"""From so many buckets on, those that are full again are forgotten: they say nothing."""


class Limit(Enum):
    """What is limited, each for itself; a minute's number may also come all at once."""

    ADDRESS_REQUESTS = "requests of an address"
    ADDRESS_SESSIONS = "sessions begun from an address"
    ADDRESS_MESSAGES = "messages from an address"
    SESSION_MESSAGES = "messages of a session"
    NUMBER_TEXTS = "text messages of a number"
    TEXTS = "text messages of all numbers"


def rates(settings: Settings) -> dict[Limit, int]:
    """How often a minute each may happen; 0 where there is no limit."""
    return {
        Limit.ADDRESS_REQUESTS: settings.address_requests_per_minute,
        Limit.ADDRESS_SESSIONS: settings.address_sessions_per_minute,
        Limit.ADDRESS_MESSAGES: settings.address_messages_per_minute,
        Limit.SESSION_MESSAGES: settings.session_messages_per_minute,
        Limit.NUMBER_TEXTS: settings.sms_number_messages_per_minute,
        Limit.TEXTS: settings.sms_messages_per_minute,
    }


class Limits:
    """Counts what happens.

    Args:
        rates: how often a minute each may happen; 0 where there is no limit.
        clock: seconds, never going back.
    """

    def __init__(self, rates: Mapping[Limit, int], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = dict(rates)
        self._clock = clock
        self._buckets: dict[tuple[Limit, str], Bucket] = {}
        self._tidy_at = TIDY_SIZE

    def seconds_to_wait(self, limit: Limit, key: str) -> float:
        """Count one event of an address or a session; 0.0 when it may happen, else the seconds until one may."""
        per_minute = self._rates[limit]
        if per_minute == 0:
            return 0.0
        now = self._clock()
        bucket, wait = take(self._buckets.get((limit, key)), per_minute=per_minute, now=now)
        self._buckets[limit, key] = bucket
        if len(self._buckets) > self._tidy_at:
            self._tidy(now)
        return wait

    def __len__(self) -> int:
        """How many buckets are kept."""
        return len(self._buckets)

    def _tidy(self, now: float) -> None:
        self._buckets = {
            (limit, key): bucket
            for (limit, key), bucket in self._buckets.items()
            if level(bucket, per_minute=self._rates[limit], now=now) < self._rates[limit]
        }
        # Where few were full, the next attempt waits until there are twice as many: the work stays in proportion.
        self._tidy_at = max(TIDY_SIZE, 2 * len(self._buckets))
