"""A code that takes a conversation from the web chat to text messages: given there, texted here, used once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from candidacy.readable_codes import ALPHABET

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
"""Wrong codes from one number within `LIFE`; after these none of its codes counts until they are that old."""

_GROUP, _GROUPS = 3, 3
LENGTH = _GROUP * _GROUPS
"""24 characters to the power of 9, less those without a letter or without a digit: 41 bits."""
_CODE = re.compile(rf"(?<!\w)[{ALPHABET}]{{3}}(?P<between>[-. ]?)[{ALPHABET}]{{3}}(?P=between)[{ALPHABET}]{{3}}(?!\w)")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

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
    """A code like ``7K4-M2P-QRT``: 41 random bits, with at least one letter and one digit.

    So no telephone number and no word is ever taken for one.
    """
    while True:
        code = "".join(choose(ALPHABET) for _ in range(LENGTH))
        if _is_code(code):
            return _written(code)


def code_in(text: str) -> str | None:
    """The one code in a text, as `new_code` writes it; in any case, its groups apart by hyphens, blanks or nothing.

    None when there is none, or there are two.
    """
    found = {re.sub(r"\W", "", match.group()) for match in _CODE.finditer(text.translate(_DASHES).upper())}
    codes = {code for code in found if _is_code(code)}
    return _written(codes.pop()) if len(codes) == 1 else None


def outcome(issued: IssuedCode | None, *, tries: int, at: datetime) -> LinkOutcome:
    """What a code does.

    Args:
        issued: the code as it was given, or None when none was.
        tries: wrong codes of the same number within `LIFE`, this one not counted.
        at: now.
    """
    if tries >= MOST_TRIES:
        return LinkOutcome.TOO_MANY_TRIES
    if issued is None:
        return LinkOutcome.UNKNOWN
    if issued.used:
        return LinkOutcome.USED
    return LinkOutcome.EXPIRED if at - issued.issued_at >= LIFE else LinkOutcome.LINKED


def _is_code(letters: str) -> bool:
    return any(letter.isdigit() for letter in letters) and any(letter.isalpha() for letter in letters)


def _written(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))
