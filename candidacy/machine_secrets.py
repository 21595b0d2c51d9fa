"""The secrets of this machine: from the settings, or else from files in the state directory that are made once."""

import secrets

from cryptography.fernet import Fernet

from candidacy.records.keyfile import read_or_create_secret
from candidacy.settings import Settings, split_list

ENCRYPTION_KEY_FILE = "encryption-key"
INTERNAL_TOKEN_FILE = "internal-token"
AUDIT_KEY_FILE = "audit-key"
_TOKEN_BYTES = 32


def encryption_keys(settings: Settings) -> tuple[str, ...]:
    """The Fernet keys for what identifies a visitor, newest first.

    Raises:
        KeyFileError: the key's file cannot be made or read.
    """
    return split_list(settings.encryption_keys or "") or split_list(
        read_or_create_secret(settings.state_directory / ENCRYPTION_KEY_FILE, lambda: Fernet.generate_key().decode())
    )


def internal_token(settings: Settings) -> str:
    """The token our own processes know each other by.

    Raises:
        KeyFileError: the token's file cannot be made or read.
    """
    return settings.internal_token or read_or_create_secret(
        settings.state_directory / INTERNAL_TOKEN_FILE, lambda: secrets.token_urlsafe(_TOKEN_BYTES)
    )


def audit_key(settings: Settings) -> bytes:
    """The key of the audit's chain. It never changes: what was written with another one no longer holds.

    Raises:
        KeyFileError: the key's file cannot be made or read.
    """
    key = settings.audit_key or read_or_create_secret(
        settings.state_directory / AUDIT_KEY_FILE, lambda: secrets.token_urlsafe(_TOKEN_BYTES)
    )
    return key.encode()
