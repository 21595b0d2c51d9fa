"""Encryption of what identifies a visitor, and an index that finds it without reading it."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INDEX_PURPOSE = b"candidacy blind index v1"


class EncryptionKeyError(Exception):
    """The keys are missing, malformed, or none of them opens what was encrypted."""


class Cipher:
    """Encrypts text (Fernet: AES-128-CBC with HMAC-SHA256) under the newest key, and reads what any key encrypted.

    Rotation: put a new key in front; old rows stay readable and `rotate` brings each under the new key. The blind
    index is keyed from the *oldest* key, so that it stays the same while keys are added in front. To drop the oldest
    key, encrypted values must be rotated and every blind index computed anew.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        """Take Fernet keys, newest first.

        Raises:
            EncryptionKeyError: there is no key, or one is not 32 url-safe base64-encoded bytes.
        """
        if not keys:
            raise EncryptionKeyError("at least one encryption key is needed")
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise EncryptionKeyError("each encryption key must be 32 url-safe base64-encoded bytes") from error
        self._oldest_key = base64.urlsafe_b64decode(keys[-1])
        self._index_key = self.derived_key(_INDEX_PURPOSE)

    def encrypt(self, text: str) -> bytes:
        """The text under the newest key; another value each time."""
        return self._fernet.encrypt(text.encode())

    def decrypt(self, encrypted: bytes) -> str:
        """The text that was encrypted; raises EncryptionKeyError when no key opens it or it was altered."""
        try:
            return self._fernet.decrypt(encrypted).decode()
        except InvalidToken as error:
            raise EncryptionKeyError("none of the encryption keys opens this value") from error

    def rotate(self, encrypted: bytes) -> bytes:
        """The same text under the newest key; raises EncryptionKeyError as `decrypt` does."""
        try:
            return self._fernet.rotate(encrypted)
        except InvalidToken as error:
            raise EncryptionKeyError("none of the encryption keys opens this value") from error

    def derived_key(self, purpose: bytes) -> bytes:
        """32 bytes for one purpose alone (HKDF-SHA256), from the oldest key: they stay when others are added."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self._oldest_key)

    def blind_index(self, value: str) -> str:
        """A keyed fingerprint (HMAC-SHA256, 64 hexadecimal digits) that is equal for equal values."""
        return hmac.new(self._index_key, value.encode(), hashlib.sha256).hexdigest()

    def encrypt_optional(self, text: str | None) -> bytes | None:
        """As `encrypt`; nothing stays nothing."""
        return None if text is None else self.encrypt(text)

    def decrypt_optional(self, encrypted: bytes | None) -> str | None:
        """As `decrypt`; nothing stays nothing."""
        return None if encrypted is None else self.decrypt(encrypted)
