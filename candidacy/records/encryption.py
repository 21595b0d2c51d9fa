"""Encryption of what identifies a visitor, and an index that finds it without reading it."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from candidacy.records.keys.index_key import IndexKey, derived_key

_FINGERPRINT_DIGITS = 8


class EncryptionKeyError(Exception):
    """The keys are missing, malformed, or none of them opens what was encrypted."""


class Cipher:
    """Encrypts text (Fernet: AES-128-CBC with HMAC-SHA256) under the newest key, and reads what any key encrypted.

    Rotation: put a new key in front; old rows stay readable, and `keys.rotation` brings each under the new key. The
    index has keys of its own, newest first, with which it goes the same way: what is stored is made with the newest,
    and looked for with all of them.
    """

    def __init__(self, keys: Sequence[str], index_keys: Sequence[IndexKey] = ()) -> None:
        """Take Fernet keys and index keys, both newest first.

        Args:
            keys: at least one.
            index_keys: without any, the one that is derived from the oldest Fernet key.

        Raises:
            EncryptionKeyError: there is no key, or one is not 32 url-safe base64-encoded bytes.
        """
        if not keys:
            raise EncryptionKeyError("at least one encryption key is needed")
        try:
            self._single = [Fernet(key) for key in keys]
        except ValueError as error:
            raise EncryptionKeyError("each encryption key must be 32 url-safe base64-encoded bytes") from error
        self._fernet = MultiFernet(self._single)
        self._keys = [base64.urlsafe_b64decode(key) for key in keys]
        self._index_keys = tuple(index_keys) or (IndexKey.derived_from(keys[-1]),)

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

    def key_of(self, encrypted: bytes) -> int | None:
        """The place of the key that opens a value, 0 for the newest; None where none does."""
        for place, fernet in enumerate(self._single):
            try:
                # Checks the signature and leaves the text closed.
                fernet.extract_timestamp(encrypted)
            except InvalidToken:
                continue
            return place
        return None

    @property
    def key_fingerprints(self) -> tuple[str, ...]:
        """Short names of the encryption keys, newest first, which tell nothing of them."""
        return tuple(_fingerprint(key) for key in self._keys)

    @property
    def index_key_fingerprints(self) -> tuple[str, ...]:
        """Short names of the index keys, newest first."""
        return tuple(_fingerprint(key.values + key.senders) for key in self._index_keys)

    def derived_keys(self, purpose: bytes) -> tuple[bytes, ...]:
        """32 bytes for one purpose alone from each encryption key, newest first: sign with the first, accept all."""
        return tuple(derived_key(key, purpose) for key in self._keys)

    @property
    def sender_secrets(self) -> tuple[bytes, ...]:
        """What the keys of those who text are made with, newest first; see `sms.texters`."""
        return tuple(key.senders for key in self._index_keys)

    def blind_index(self, value: str) -> str:
        """A keyed fingerprint (HMAC-SHA256, 64 hexadecimal digits) that is equal for equal values: to be stored."""
        return self.blind_indexes(value)[0]

    def blind_indexes(self, value: str) -> tuple[str, ...]:
        """The value's fingerprints under each index key, newest first: to be looked for."""
        return tuple(hmac.new(key.values, value.encode(), hashlib.sha256).hexdigest() for key in self._index_keys)

    def encrypt_optional(self, text: str | None) -> bytes | None:
        """As `encrypt`; nothing stays nothing."""
        return None if text is None else self.encrypt(text)

    def decrypt_optional(self, encrypted: bytes | None) -> str | None:
        """As `decrypt`; nothing stays nothing."""
        return None if encrypted is None else self.decrypt(encrypted)


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"candidacy key fingerprint v1" + key).hexdigest()[:_FINGERPRINT_DIGITS]
