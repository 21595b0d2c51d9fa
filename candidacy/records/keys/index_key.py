"""The index key: what numbers and names are found by without being read, apart from the keys that encrypt them."""

import base64
import binascii
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_HALF_BYTES = 32
_VALUES_PURPOSE = b"candidacy blind index v1"
_SENDERS_PURPOSE = b"candidacy sms sender v1"


class IndexKeyError(ValueError):
    """An index key is malformed."""


@dataclass(frozen=True)
class IndexKey:
    """Two secrets of 32 bytes: one for fingerprints of values, one for the keys under which texters are known."""

    values: bytes = field(repr=False)
    senders: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "IndexKey":
        """Read an index key as `encoded` writes it; raises IndexKeyError where it is none."""
        try:
            secret = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise IndexKeyError("an index key must be 64 url-safe base64-encoded bytes") from error
        if len(secret) != 2 * _HALF_BYTES:
            raise IndexKeyError("an index key must be 64 url-safe base64-encoded bytes")
        return cls(values=secret[:_HALF_BYTES], senders=secret[_HALF_BYTES:])

    @classmethod
    def generate(cls) -> "IndexKey":
        """A new one."""
        return cls(values=secrets.token_bytes(_HALF_BYTES), senders=secrets.token_bytes(_HALF_BYTES))

    @classmethod
    def derived_from(cls, encryption_key: str) -> "IndexKey":
        """The one that an installation begins with, from its encryption key: on every machine the same."""
        key = base64.urlsafe_b64decode(encryption_key)
        return cls(values=derived_key(key, _VALUES_PURPOSE), senders=derived_key(key, _SENDERS_PURPOSE))

    def encoded(self) -> str:
        """The key as text, to be kept secret."""
        return base64.urlsafe_b64encode(self.values + self.senders).decode()


def derived_key(key: bytes, purpose: bytes) -> bytes:
    """32 bytes for one purpose alone (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=_HALF_BYTES, salt=None, info=purpose).derive(key)
