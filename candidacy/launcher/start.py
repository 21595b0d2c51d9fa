"""The whole start of the assistant, from the checks to the processes' end."""

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from candidacy.console.addresses import console_url
from candidacy.launcher.display import RunDisplay, TrainingDisplay
from candidacy.launcher.preparation import (
    check_keys,
    check_machine,
    create_secrets,
    database_name,
    migrate_database,
)
from candidacy.launcher.services import frontdesk_url, services
from candidacy.launcher.stop_request import StopRequest
from candidacy.launcher.supervisor import Supervisor
from candidacy.launcher.training import TrainingPlace, ensure_model
from candidacy.settings import Settings


def run_assistant(*, settings: Settings, project: Path, console: Console, stop: StopRequest) -> None:
    """Prepare everything, run the processes, and end them when a stop is asked for.

    Raises:
        LaunchError: it cannot be started, or a process dies again and again without ever answering.
    """
    # The database, the logs and the models are for this user alone.
    os.umask(0o077)
    check_machine(settings)
    migrate_database(settings)
    create_secrets(settings)
    check_keys(settings)
    place = training_place(settings, project=project)
    model = ensure_model(place, reporter=TrainingDisplay(console), stop=stop)
    display = RunDisplay(console, welcome=lambda: _welcome(settings))
    try:
        Supervisor(services(settings=settings, model=model), logs=place.logs, reporter=display).run(stop)
    finally:
        display.close()


def training_place(settings: Settings, *, project: Path) -> TrainingPlace:
    """The folders of a training under these settings."""
    return TrainingPlace(project=project, models=settings.model_directory, logs=logs_folder(settings))


def logs_folder(settings: Settings) -> Path:
    """Where the processes' logs are."""
    return settings.state_directory / "logs"


def _welcome(settings: Settings) -> tuple[str, ...]:
    # Only here: it imports much of the console, for which the processes need not wait.
    from candidacy.launcher.first_account import first_account_lines

    return welcome_lines(settings, staff=first_account_lines(settings))


def welcome_lines(settings: Settings, *, staff: Sequence[str] = ()) -> tuple[str, ...]:
    """What is where, what staff must know, and how to stop."""
    url = frontdesk_url(settings)
    return (
        "",
        "The assistant is running.",
        f"  Front desk       {url}/",
        f"  API description  {url}/openapi.json",
        f"  Staff console    {console_url(settings)}/",
        "  Talk to it       make chat",
        f"  Database         {database_name(settings)}",
        f"  Logs             {logs_folder(settings)}/",
        *staff,
        "Press Ctrl-C to stop.",
    )
