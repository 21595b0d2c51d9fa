"""To which numbers texts are sent at all."""

from collections.abc import Collection

DEFAULT_REGIONS = ("US",)


def is_allowed(number: str, regions: Collection[str] = DEFAULT_REGIONS) -> bool:
    """Whether a number (E.164) is an ordinary one of the regions (two letters each).

    Toll-free, premium-rate and shared-cost numbers and short codes are none. Canada and the Caribbean share the +1 of
    the US and are regions of their own, as are Puerto Rico and the other territories.
    """
    raise NotImplementedError
