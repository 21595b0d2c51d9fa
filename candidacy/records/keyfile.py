"""Secrets kept in files of this machine: made at the first start, the same ever after."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_READABLE_BY_OTHERS = 0o077


class KeyFileError(Exception):
    """A secret's file cannot be made or read; the message says which and why."""


def read_or_create_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret in the file, which is made with `make` when there is none; only its owner can read it.

    The file appears whole or not at all, and of several processes at once all get the same secret.

    Raises:
        KeyFileError: the file cannot be made or read, is empty, or can be read by other users.
    """
    try:
        if not path.exists():
            _create(path, make())
        return _read(path)
    except OSError as error:
        raise KeyFileError(f"{path}: {error.strerror or error}") from error


def _create(path: Path, secret: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp gives a file of mode 0600; a link to it is made only where no other process made one first.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secret + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        return
    finally:
        os.unlink(temporary)


def _read(path: Path) -> str:
    if path.stat().st_mode & _READABLE_BY_OTHERS:
        raise KeyFileError(f"{path}: other users can read it; set its mode to 600")
    secret = path.read_text().strip()
    if not secret:
        raise KeyFileError(f"{path}: it is empty; restore it, or remove it to have a new one made")
    return secret
