"""Waiting for a person: the ways in which it ends, and the spans of time that are told apart."""

from collections.abc import Mapping

WAIT_ENDS = ("claimed", "nobody_came", "closed")
"""A person took the conversation, nobody did in time, or it was closed."""

WAIT_SPANS: Mapping[str, tuple[int, int | None]] = {
    "below_1_min": (0, 60),
    "1_to_5_min": (60, 300),
    "5_to_15_min": (300, 900),
    "from_15_min": (900, None),
}
"""By name, how many seconds somebody waited: from the first, to below the second; None is without end."""
