"""How a conversation knows its sender: by a keyed hash of the number, from which nobody can find the number out."""

import hashlib
import hmac
import re

_PURPOSE = b"candidacy sms sender v1:"
_KEY_BYTES = 32
_E164 = re.compile(r"\+[1-9]\d{6,14}")


def sender_key(number: str, key: bytes) -> str:
    """The sender's key: HMAC-SHA256 of the E.164 number, 64 hexadecimal digits.

    Args:
        number: E.164.
        key: at least 32 secret bytes. Without it all numbers could be tried in minutes.

    Raises:
        ValueError: the key is too short, or the number is not E.164; the message holds neither.
    """
    if len(key) < _KEY_BYTES:
        raise ValueError(f"the key must have at least {_KEY_BYTES} bytes")
    if not _E164.fullmatch(number):
        raise ValueError("the number must be E.164, like +12124300312")
    return hmac.new(key, _PURPOSE + number.encode(), hashlib.sha256).hexdigest()
