"""The reference of a consultation request: short enough to be read out on the telephone."""

import secrets

ALPHABET = "23456789CDFGHJKMNPQRTVWX"
"""Crockford's base 32 without 0 and 1, without vowels (so that no word comes out), and without letters that are
taken for a digit or for another letter (B for 8, S for 5, Z for 2, Y for V)."""
LENGTH = 6
PREFIX = "SF-"


def new_reference() -> str:
    """A random reference like ``SF-7K4M2P``: one of 191 million, not known to be free."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
