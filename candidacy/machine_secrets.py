"""The secrets of this machine: from the settings, or else from files in the state directory that are made once."""

import secrets

from cryptography.fernet import Fernet

from candidacy.records.keyfile import KeyFileError, read_or_create_secret
from candidacy.records.keys.index_key import IndexKey, IndexKeyError
from candidacy.settings import Settings, split_list, variable_name

ENCRYPTION_KEY_FILE = "encryption-key"
INDEX_KEY_FILE = "index-key"
INTERNAL_TOKEN_FILE = "internal-token"  # the name of a file  # nosec B105
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


def encryption_key_source(settings: Settings) -> str:
    """Where the encryption keys come from."""
    if settings.encryption_keys:
        return variable_name("encryption_keys")
    return str(settings.state_directory / ENCRYPTION_KEY_FILE)


def index_keys(settings: Settings) -> tuple[IndexKey, ...]:
    """What numbers and names are found with, newest first; at first, what is derived from the oldest encryption key.

    So an installation from before there was an index key finds what it found, and so do several machines.

    Raises:
        KeyFileError: the key's file cannot be made or read, or what it or the setting holds is no index key.
    """
    stored = settings.index_key or read_or_create_secret(
        settings.state_directory / INDEX_KEY_FILE,
        lambda: IndexKey.derived_from(encryption_keys(settings)[-1]).encoded(),
    )
    try:
        return tuple(IndexKey.parse(key) for key in split_list(stored))
    except IndexKeyError as error:
        raise KeyFileError(f"{index_key_source(settings)}: {error}") from error


def index_key_source(settings: Settings) -> str:
    """Where the index keys come from."""
    if settings.index_key:
        return variable_name("index_key")
    return str(settings.state_directory / INDEX_KEY_FILE)


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
