"""How a conversation knows its sender: by a keyed hash of the number, from which nobody can find the number out."""


def sender_key(number: str, key: bytes) -> str:
    """The sender's key: HMAC-SHA256 of the E.164 number, 64 hexadecimal digits.

    Args:
        number: E.164.
        key: at least 32 secret bytes.

    Raises:
        ValueError: the key is too short, or the number is not E.164.
    """
    raise NotImplementedError
