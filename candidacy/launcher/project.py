"""Where the project is: the folder with config.yml, domain.yml and data/."""

from pathlib import Path

from candidacy.launcher.errors import LaunchError

_SIGN = "config.yml"


def project_folder(start: Path) -> Path:
    """The nearest folder at or above `start` that holds the project.

    Raises:
        LaunchError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / _SIGN).is_file() and (folder / "candidacy").is_dir():
            return folder
    raise LaunchError("This is not the project's folder: there is no config.yml. Change into it and try again.")
