"""Passwords: what is asked of one, and how it is kept.

Argon2id with the parameters of RFC 9106, section 4, second choice, which argon2-cffi takes for its own. What is asked
follows NIST SP 800-63B-4, section 3.1.1: length and a look at what is guessed first, no rules on kinds of characters.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

MIN_LENGTH = 12
MAX_LENGTH = 128
LOOKED_AT = 72
"""So many characters are looked at for how easily they are guessed; the look takes long on longer ones."""
MIN_SCORE = 3
"""Of zxcvbn's scores from 0 to 4: safely beyond ten thousand million guesses."""

_WORD = re.compile(r"[^\W_]{3,}")


def password_weakness(password: str, *, related: Sequence[str]) -> str | None:
    """Why a password is refused and what to do, or None when it will do.

    Args:
        password: as it was typed.
        related: what somebody who knows the account tries first: its names, the clinic's name.
    """
    length = len(normalized(password))
    if length < MIN_LENGTH:
        return f"The password needs at least {MIN_LENGTH} characters. A few words that do not belong together will do."
    if length > MAX_LENGTH:
        return f"The password may have {MAX_LENGTH} characters at most."
    if zxcvbn(_unrelated(normalized(password), related)[:LOOKED_AT] or "a")["score"] < MIN_SCORE:
        return "This password is guessed too easily. A few words that do not belong together are hard to guess."
    return None


def _unrelated(password: str, related: Sequence[str]) -> str:
    """What is left of a password without the words that are tried first."""
    words = {word for text in related for word in _WORD.findall(text)}
    return re.sub(
        "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "$^", "", password, flags=re.IGNORECASE
    )


def normalized(password: str) -> str:
    """The same characters, whichever keyboard they came from (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", password)


@dataclass(frozen=True)
class PasswordMatch:
    """Whether a password is right, and whether its hash should be made anew with the present parameters."""

    right: bool
    outdated: bool = False


class Passwords:
    """Makes hashes and compares passwords with them; each takes a noticeable time on purpose."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Compared with where there is no account, so that an unknown name takes as long as a known one.
        self._nobodys = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        return self._hasher.hash(normalized(password))

    def compare(self, kept: str | None, password: str) -> PasswordMatch:
        """Compare a password with what is kept; where nothing is kept it is wrong, and as slow."""
        compared = kept or self._nobodys
        try:
            self._hasher.verify(compared, normalized(password))
        except (VerificationError, InvalidHashError):
            return PasswordMatch(right=False)
        if not kept:
            return PasswordMatch(right=False)
        return PasswordMatch(right=True, outdated=self._hasher.check_needs_rehash(kept))
