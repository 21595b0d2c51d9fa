"""Recovery codes: each opens the account once in place of the authenticator app's code."""

import hashlib
import re
import secrets

from candidacy.readable_codes import ALPHABET

COUNT = 10
LENGTH = 16
"""73 random bits: too many to try, also for somebody who has the hashes."""
GROUP = 4

_BETWEEN = re.compile(r"[\s-]")


def new_recovery_codes() -> tuple[str, ...]:
    """Codes like ``7K4M-2PXD-QQ9R-TW3C``, to be shown once."""
    return tuple(_new_code() for _ in range(COUNT))


def hash_recovery_code(code: str) -> str:
    """What is kept of a code, however it was typed."""
    return hashlib.sha256(_BETWEEN.sub("", code).upper().encode()).hexdigest()


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))
