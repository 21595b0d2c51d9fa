"""What to do about a process that died: start it again after a while, or give up."""

GIVE_UP_AFTER = 3
"""Deaths in a row of a process that never was ready: it will not get better by itself."""

FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0

STEADY_SECONDS = 60.0
"""A process that became ready and ran this long has its earlier deaths forgotten."""


def restart_delay(*, deaths: int, was_ready: bool) -> float | None:
    """Seconds until the next start, twice as many after each death in a row; None to give up.

    Args:
        deaths: how often in a row it died, at least 1.
        was_ready: whether it was ready at any time since the launcher started it first.
    """
    if deaths >= GIVE_UP_AFTER and not was_ready:
        return None
    return min(FIRST_DELAY_SECONDS * 2.0 ** min(deaths - 1, 10), LONGEST_DELAY_SECONDS)


def deaths_in_a_row(*, before: int, ran_seconds: float, was_ready: bool) -> int:
    """How many deaths in a row it makes, now that a process died that ran for so long."""
    return 1 if was_ready and ran_seconds >= STEADY_SECONDS else before + 1
