"""Why something is done: a few words that the audit keeps."""

SHORTEST, LONGEST = 5, 300
"""Characters; the audit keeps them for good, so they are to say why and nothing more."""


class ReasonError(ValueError):
    """A reason is missing or too long; the message says what it must be."""


def checked_reason(text: str) -> str:
    """The reason in one line; raises ReasonError."""
    reason = " ".join(text.split())
    if len(reason) < SHORTEST:
        raise ReasonError(f"Say why, in at least {SHORTEST} characters.")
    if len(reason) > LONGEST:
        raise ReasonError(f"Say why in at most {LONGEST} characters; these are {len(reason)}.")
    return reason
