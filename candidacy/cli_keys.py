"""`candidacy keys`: which keys are in use, and how an old one is taken away without stopping the assistant."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING

import click

from candidacy.command_line import EXIT_FAILURE, end, enter_project, row_bar, told_in_lines
from candidacy.settings import Settings, read_settings

if TYPE_CHECKING:
    from candidacy.keys.steps import Steps
    from candidacy.records.encryption import Cipher


@click.group()
def keys() -> None:
    """See which keys are in use, and bring everything under the newest.

    Keys stand newest first, separated by commas, in var/encryption-key and var/index-key, or in
    CANDIDACY_ENCRYPTION_KEYS and CANDIDACY_INDEX_KEY. To replace one: put a new one (`candidacy keys new`) in front of
    it, restart all processes, rotate (or reindex), look at the status, take the old one away, restart again.
    """


@keys.command("new")
@click.option("--index", is_flag=True, help="An index key instead of an encryption key.")
def new_key(index: bool) -> None:
    """Print a new key, to be put in front of the others. It is stored nowhere."""
    from cryptography.fernet import Fernet

    from candidacy.records.keys.index_key import IndexKey

    click.echo(IndexKey.generate().encoded() if index else Fernet.generate_key().decode())


@keys.command()
def status() -> None:
    """Show how many rows are under which key.

    Keys are named by short fingerprints. Exit code 1 when there are rows that no key opens.
    """
    from candidacy.keys.reindexing import count_indexed, index_usage
    from candidacy.keys.report import index_lines, usage_lines
    from candidacy.keys.rotation import count_rows, key_usage
    from candidacy.machine_secrets import encryption_key_source, index_key_source

    with told_in_lines(), _records() as (settings, steps, cipher):
        with row_bar("Looking", total=count_rows(steps)) as seen:
            usage = key_usage(steps, cipher=cipher, seen=seen)
        _say(usage_lines(usage, fingerprints=cipher.key_fingerprints, source=encryption_key_source(settings)))
        if usage.unreadable_in:
            end(EXIT_FAILURE, "Bring back the key that opens them.")
        with row_bar("Looking", total=count_indexed(steps)) as seen:
            indexed = index_usage(steps, cipher=cipher, seen=seen)
        _say(index_lines(indexed, fingerprints=cipher.index_key_fingerprints, source=index_key_source(settings)))


@keys.command()
def rotate() -> None:
    """Write everything that is encrypted anew under the newest key.

    In small transactions, beside running processes, which must all know the newest key already: restart them first.
    May be stopped at any instant; the same command goes on. Exit code 0 when nothing is left under an older key.
    """
    from candidacy.keys.report import usage_lines
    from candidacy.keys.rotation import count_rows, rotate_all
    from candidacy.machine_secrets import encryption_key_source

    with told_in_lines(), _records() as (settings, steps, cipher):
        with row_bar("Rotating", total=count_rows(steps)) as seen:
            done = rotate_all(steps, cipher=cipher, seen=seen)
        _enter(settings, steps, "keys.rotate", rows=done.rotated, key=cipher.key_fingerprints[0])
        click.echo(f"{done.rotated:,} rows were written anew.")
        _say(usage_lines(done.usage, fingerprints=cipher.key_fingerprints, source=encryption_key_source(settings)))
        if done.usage.unreadable_in:
            end(EXIT_FAILURE, "Bring back the key that opens them, and rotate again.")
        if not done.is_whole:
            end(EXIT_FAILURE, "Rows still come under an older key: restart all processes, and rotate again.")


@keys.command()
def reindex() -> None:
    """Make the index of telephone numbers and names anew under the newest index key.

    As `rotate`, for what numbers and names are found by. Exit code 0 when nothing is left under an older index key.
    """
    from candidacy.keys.reindexing import count_indexed, reindex_all
    from candidacy.keys.report import index_lines
    from candidacy.machine_secrets import index_key_source

    with told_in_lines(), _records() as (settings, steps, cipher):
        with row_bar("Indexing", total=count_indexed(steps)) as seen:
            done = reindex_all(steps, cipher=cipher, seen=seen)
        _enter(settings, steps, "keys.reindex", rows=done.reindexed, key=cipher.index_key_fingerprints[0])
        click.echo(f"{done.reindexed:,} rows were indexed anew.")
        _say(index_lines(done.usage, fingerprints=cipher.index_key_fingerprints, source=index_key_source(settings)))
        if not done.is_whole:
            end(EXIT_FAILURE, "Rows still come under an older index key: restart all processes, and reindex again.")


@contextmanager
def _records() -> "Iterator[tuple[Settings, Steps, Cipher]]":
    """The settings, the steps through their database, and their keys."""
    from candidacy.keys.errors import KeysError
    from candidacy.keys.steps import Steps
    from candidacy.machine import open_cipher, open_database
    from candidacy.records.database import DatabaseUnavailable

    settings = read_settings()
    enter_project()
    try:
        database = open_database(settings)
    except DatabaseUnavailable as error:
        raise KeysError(f"The database cannot be used: {error}.") from error
    try:
        yield settings, Steps(database), open_cipher(settings)
    finally:
        database.dispose()


def _say(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)


def _enter(settings: Settings, steps: "Steps", action: str, **detail: object) -> None:
    """Have the audit know what was done to the keys, and by whom."""
    from getpass import getuser

    from candidacy.machine_secrets import audit_key
    from candidacy.records.audit import Entry, append_entry

    entry = Entry(action=action, actor=f"command line, {getuser()}", detail=detail)
    now = datetime.now(timezone.utc)
    steps.write(lambda session: append_entry(session, key=audit_key(settings), entry=entry, now=now))
