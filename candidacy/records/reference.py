"""The reference of a consultation request: short enough to be read out on the telephone."""

import secrets

from candidacy.readable_codes import ALPHABET

LENGTH = 6
PREFIX = "SF-"


def new_reference() -> str:
    """A random reference like ``SF-7K4M2P``: one of 191 million, not known to be free."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
