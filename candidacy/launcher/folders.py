"""Whether the folders the assistant writes to can be written to."""

import tempfile
from pathlib import Path

from candidacy.launcher.errors import LaunchError
from candidacy.settings import variable_name


def ensure_writable(folder: Path, *, field: str) -> None:
    """Create the folder if need be and try to write in it.

    Raises:
        LaunchError: it cannot be written to; names the folder and the setting that changes it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise LaunchError(
            f"Cannot write to the folder {folder.absolute()} ({error.strerror}): "
            f"make it writable or set {variable_name(field)} to another folder."
        ) from error
