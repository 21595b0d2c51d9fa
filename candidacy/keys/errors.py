"""What may go wrong with keys, in words for who asked for it."""


class KeysError(Exception):
    """What was asked for could not be done to its end; the message says why and what to do."""
