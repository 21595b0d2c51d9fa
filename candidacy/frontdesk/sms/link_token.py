"""The link to a message that may not be texted: it names the message, and nobody can make one up."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

PATH = "/sms/read/"
_MAC_BYTES = 16
_LONGEST_ID = 18


def link_path(message_id: int, *, secret: bytes) -> str:
    """The path of the page that shows a message."""
    return f"{PATH}{message_id}-{_mac(message_id, secret)}"


def message_of(token: str, *, secrets: Sequence[bytes]) -> int | None:
    """The message that the last part of such a path names, or None when it is not one of ours."""
    digits, _, mac = token.partition("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_ID):
        return None
    message_id = int(digits)
    ours = [hmac.compare_digest(mac.encode(), _mac(message_id, secret).encode()) for secret in secrets]
    return message_id if any(ours) else None


def _mac(message_id: int, secret: bytes) -> str:
    digest = hmac.new(secret, f"message {message_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_MAC_BYTES]).rstrip(b"=").decode()
