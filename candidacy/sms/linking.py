"""A code that takes a conversation from the web chat to text messages: given there, texted here, used once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
"""Wrong codes from one number within `LIFE`; after these none of its codes counts until they are that old."""

Choose = Callable[[Sequence[str]], str]
"""Picks one at random without bias, as `secrets.choice` does."""


class LinkOutcome(Enum):
    """What a texted code does."""

    LINKED = "linked"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True)
class IssuedCode:
    """When a code was given, and whether it has been used."""

    issued_at: datetime
    used: bool


def new_code(choose: Choose) -> str:
    """A code like ``7K4-M2P-QRT``: more than 40 random bits, with at least one letter and one digit."""
    raise NotImplementedError


def code_in(text: str) -> str | None:
    """The one code in a text, as `new_code` writes it; in any case, with or without the hyphens."""
    raise NotImplementedError


def outcome(issued: IssuedCode | None, *, tries: int, at: datetime) -> LinkOutcome:
    """What a code does.

    Args:
        issued: the code as it was given, or None when none was.
        tries: wrong codes of the same number within `LIFE`, this one not counted.
        at: now.
    """
    raise NotImplementedError
