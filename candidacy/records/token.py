"""The token that opens a conversation: random, and kept as a hash alone."""

import hashlib
import secrets

TOKEN_BYTES = 32
"""256 random bits."""


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is kept of a token: enough to know it again, and not to find it out."""
    return hashlib.sha256(token.encode()).hexdigest()
