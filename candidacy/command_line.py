"""What the commands share: errors are lines with an exit code, paths are the project's, work on rows shows a bar."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from candidacy.chat.conversation import ChatError
from candidacy.console.account_errors import AdministrationError
from candidacy.evaluation.errors import LabelledFileError
from candidacy.keys.errors import KeysError
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.records.keyfile import KeyFileError
from candidacy.settings import SettingsError
from candidacy.teaching.errors import ExportError

EXIT_FAILURE = 1
EXIT_WRONG_INPUT = 2
"""A setting or a file of labelled messages is not as it must be; click says so of the command line's words."""
EXIT_INTERRUPTED = 130


def enter_project() -> Path:
    """Work in the project's folder, so that paths in settings mean the same wherever the command is called."""
    from candidacy.launcher.project import project_folder

    folder = project_folder(Path(__file__).resolve().parent)
    os.chdir(folder)
    return folder


@contextmanager
def told_in_lines(*, interrupted: int = EXIT_INTERRUPTED) -> Iterator[None]:
    """End the command with a line and an exit code instead of a traceback.

    Args:
        interrupted: the exit code when a stop was asked for.
    """
    try:
        yield
    except (SettingsError, LabelledFileError) as error:
        end(EXIT_WRONG_INPUT, str(error))
    except (AdministrationError, KeyFileError, KeysError) as error:
        end(EXIT_FAILURE, str(error))
    except Interrupted as error:
        end(interrupted, str(error))
    except (LaunchError, ChatError, ExportError) as error:
        end(EXIT_FAILURE, str(error))
    except BrokenPipeError:
        # Nobody reads on; Python's own flush at the end would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        end(EXIT_FAILURE, "")
    except OSError as error:
        end(EXIT_FAILURE, f"{error.strerror}: {error.filename}" if error.filename else str(error))
    except KeyboardInterrupt:
        end(interrupted, "")


def end(code: int, lines: str) -> None:
    """End the command with an exit code, after some lines about why."""
    if lines:
        click.echo(lines, err=True)
    sys.exit(code)


@contextmanager
def row_bar(title: str, *, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal while rows are worked on; the function is told how many more are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=total)
        yield lambda rows: progress.advance(task, rows)
