"""How often something may happen: a bucket of tokens that fills up with time. Pure; the clock is the caller's."""

from dataclasses import dataclass

MINUTE_SECONDS = 60.0


@dataclass(frozen=True)
class Bucket:
    """What was left at an instant, in seconds of some clock that never goes back."""

    tokens: float
    at: float


def take(bucket: Bucket | None, *, per_minute: int, now: float) -> tuple[Bucket, float]:
    """Take a token for one event, if there is one.

    Args:
        bucket: as it was left; None for a new one, which is full.
        per_minute: how many fit in, and how many flow in evenly within a minute; more than 0.
        now: the instant, on the bucket's clock.

    Returns:
        The bucket as it is then, and the seconds to wait until there is a token; 0.0 when one was taken.
    """
    tokens = level(bucket, per_minute=per_minute, now=now)
    if tokens >= 1:
        return Bucket(tokens=tokens - 1, at=now), 0.0
    return Bucket(tokens=tokens, at=now), (1 - tokens) * MINUTE_SECONDS / per_minute


def level(bucket: Bucket | None, *, per_minute: int, now: float) -> float:
    """How many tokens there are now, with what has flown in since."""
    if bucket is None:
        return float(per_minute)
    return min(float(per_minute), bucket.tokens + (now - bucket.at) * per_minute / MINUTE_SECONDS)
