"""Everything that must be right before a process is started: ports, folders, database, secrets."""

from sqlalchemy.engine import make_url

from candidacy.launcher.errors import LaunchError
from candidacy.launcher.folders import ensure_writable
from candidacy.launcher.ports import check_ports
from candidacy.launcher.services import service_ports
from candidacy.machine import open_cipher
from candidacy.machine_secrets import (
    audit_key,
    encryption_key_source,
    encryption_keys,
    index_key_source,
    index_keys,
    internal_token,
)
from candidacy.records.database import Database, DatabaseUnavailable
from candidacy.records.dialogue_states import require_right_key
from candidacy.records.encryption import EncryptionKeyError
from candidacy.records.keyfile import KeyFileError
from candidacy.records.keys.reindexing import WrongIndexKey, require_right_index_key
from candidacy.records.migrate import migrate
from candidacy.settings import DATABASE_VARIABLE, Settings


def check_machine(settings: Settings) -> None:
    """Make sure that the ports are free and the folders can be written to.

    Raises:
        LaunchError: one of them is not; says what to do.
    """
    check_ports(service_ports(settings))
    check_folders(settings)


def check_folders(settings: Settings) -> None:
    """Make sure that the folders can be written to.

    Raises:
        LaunchError: one cannot; names it.
    """
    ensure_writable(settings.state_directory, field="state_directory")
    ensure_writable(settings.model_directory, field="model_directory")


def migrate_database(settings: Settings) -> None:
    """Bring the database to the present schema.

    Raises:
        LaunchError: it cannot be used; names it without its password.
    """
    try:
        migrate(settings.database_url)
    except DatabaseUnavailable as error:
        reason = " ".join(str(error).split())
        raise LaunchError(
            f"Cannot use the database {database_name(settings)} ({DATABASE_VARIABLE}): {reason}"
        ) from error


def create_secrets(settings: Settings) -> None:
    """Make the secrets of this machine, unless they are there or are set.

    Raises:
        LaunchError: their files cannot be made or read.
    """
    try:
        encryption_keys(settings)
        index_keys(settings)
        internal_token(settings)
        audit_key(settings)
    except KeyFileError as error:
        raise LaunchError(f"Cannot use the secret {error}") from error


def check_keys(settings: Settings) -> None:
    """Make sure that the keys belong to what the migrated database holds; with others every conversation would fail.

    Raises:
        LaunchError: it does not; says where the key comes from.
    """
    database = Database(settings.database_url)
    try:
        with database.read_session() as session:
            require_right_key(session, cipher=open_cipher(settings))
            require_right_index_key(session, cipher=open_cipher(settings))
    except EncryptionKeyError as error:
        raise LaunchError(
            f"The encryption key in {encryption_key_source(settings)} does not open what the database holds: "
            "bring back the key that belongs to it."
        ) from error
    except WrongIndexKey as error:
        raise LaunchError(
            f"The index key in {index_key_source(settings)} did not make the database's index of numbers: bring back "
            "the key that belongs to it, or make the index anew with: candidacy keys reindex"
        ) from error
    finally:
        database.dispose()


def database_name(settings: Settings) -> str:
    """The database as it may be shown: a file's path, or the URL without its password."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        return str(url.database)
    return str(url.render_as_string(hide_password=True))
