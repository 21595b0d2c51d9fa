"""The `candidacy` command: thin, one function a command; errors are lines, not tracebacks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from candidacy.cli_keys import keys
from candidacy.command_line import EXIT_FAILURE, end, enter_project, told_in_lines
from candidacy.settings import read_settings

if TYPE_CHECKING:
    from candidacy.console.administration import Invitation
    from candidacy.console.operator import Operator

_NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def app() -> None:
    """The spine clinic's assistant.

    Settings come from the environment (CANDIDACY_..., DATABASE_URL); a wrong one is refused by its name.
    """


app.add_command(keys)


@app.command()
def run() -> None:
    """Start the assistant and keep it running until Ctrl-C.

    Trains the model first when there is none of the present data, and brings the database up to date.
    """
    from candidacy.launcher.start import run_assistant
    from candidacy.launcher.stop_request import stop_on_signals

    with told_in_lines(interrupted=0), stop_on_signals() as stop:
        settings, project = read_settings(), enter_project()
        run_assistant(settings=settings, project=project, console=Console(), stop=stop)


@app.command()
@click.option("--force", is_flag=True, help="Train even if there is a model of the present data.")
def train(force: bool) -> None:
    """Train the model of the present data, unless there is one."""
    from candidacy.launcher.display import TrainingDisplay
    from candidacy.launcher.preparation import check_folders
    from candidacy.launcher.start import training_place
    from candidacy.launcher.stop_request import stop_on_signals
    from candidacy.launcher.training import ensure_model

    with told_in_lines(), stop_on_signals() as stop:
        settings, project = read_settings(), enter_project()
        check_folders(settings)
        place = training_place(settings, project=project)
        model = ensure_model(place, reporter=TrainingDisplay(Console()), stop=stop, force=force)
        click.echo(f"The model of the present data: {os.path.relpath(model)}")


@app.command()
def validate() -> None:
    """Check domain, examples and rules with Rasa's own check."""
    from candidacy.launcher.preparation import check_folders
    from candidacy.launcher.start import logs_folder
    from candidacy.launcher.stop_request import stop_on_signals
    from candidacy.launcher.validation import validate_data

    with told_in_lines(), stop_on_signals() as stop:
        settings, project = read_settings(), enter_project()
        check_folders(settings)
        validate_data(project, logs=logs_folder(settings), stop=stop)
        click.echo("Rasa finds the domain, the examples and the rules valid.")


@app.command()
def test_stories() -> None:
    """Play the test stories with Rasa's own test against the model of the present data."""
    from candidacy.launcher.preparation import check_folders
    from candidacy.launcher.start import logs_folder, training_place
    from candidacy.launcher.stop_request import stop_on_signals
    from candidacy.launcher.story_check import check_stories
    from candidacy.launcher.training import model_path

    with told_in_lines(), stop_on_signals() as stop:
        settings, project = read_settings(), enter_project()
        check_folders(settings)
        model = model_path(training_place(settings, project=project))
        total = check_stories(project, model=model, logs=logs_folder(settings), stop=stop)
        click.echo(f"Rasa plays all {total} test stories as they are told.")


@app.command("evaluate")
@click.argument("name", metavar="SET", type=click.Choice(("faq", "redflags", "screening")))
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--out", type=_NEW_FILE, help="Also write each row's result to this file, as JSON lines.")
@click.option("--plot", type=_NEW_FILE, help="Also draw what was expected by what was given, as SVG.")
def evaluate_labelled(name: str, files: tuple[Path, ...], out: Path | None, plot: Path | None) -> None:
    """Score the assistant on labelled messages of one SET: faq, redflags or screening.

    Each row is a fresh conversation with an assistant of its own, which never touches the clinic's database.
    """
    from candidacy.evaluation.evaluate import evaluate
    from candidacy.evaluation.labelled_file import read_files
    from candidacy.evaluation.sets import SETS
    from candidacy.launcher.stop_request import stop_on_signals

    with told_in_lines(), stop_on_signals() as stop:
        settings, rows = read_settings(), read_files(files, SETS[name])
        out, plot = out and out.absolute(), plot and plot.absolute()
        project = enter_project()
        evaluate(SETS[name], rows, settings=settings, project=project, out=out, plot=plot, console=Console(), stop=stop)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from candidacy.launcher.preparation import database_name, migrate_database

    with told_in_lines():
        settings = read_settings()
        enter_project()
        migrate_database(settings)
        click.echo(f"The database {database_name(settings)} is up to date.")


@app.command()
@click.option("--url", help="The front desk's address; by default the one of this machine's settings.")
@click.option("--transcript", type=_NEW_FILE, help="Also write the conversation to this file.")
def chat(url: str | None, transcript: Path | None) -> None:
    """Talk with the running assistant; reads lines from a pipe too."""
    from candidacy.chat.talk import talk
    from candidacy.launcher.services import frontdesk_url

    with told_in_lines():
        talk(url=url or frontdesk_url(read_settings()), transcript=transcript)


@app.group()
def export() -> None:
    """Take something out of the records, as files."""


@export.command("training")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="A folder to make.")
def export_training_files(out: Path) -> None:
    """Write the approved corrections: examples for data/nlu and data/red_flags, and rows for `candidacy evaluate`.

    Nothing is trained with them. Look at the files, and merge what is good.
    """
    from datetime import datetime, timezone
    from getpass import getuser

    from candidacy.launcher.preparation import migrate_database
    from candidacy.machine import open_database
    from candidacy.machine_secrets import audit_key
    from candidacy.teaching.export import export_training

    with told_in_lines():
        settings, folder = read_settings(), out.absolute()
        project = enter_project()
        migrate_database(settings)
        made = export_training(
            open_database(settings),
            project=project,
            folder=folder,
            made_by=f"candidacy export, {getuser()}",
            audit_key=audit_key(settings),
            now=datetime.now(timezone.utc),
        )
        click.echo(f"{made.corrections} approved corrections in {len(made.files)} files in {folder}")


@app.group()
def staff() -> None:
    """Say who may use the staff console."""


@staff.command("add")
@click.argument("sign_in_name")
@click.option("--name", "full_name", required=True, help="The person's full name.")
@click.option("--role", required=True, help="reader, agent, reviewer or administrator.")
def add_staff(sign_in_name: str, full_name: str, role: str) -> None:
    """Add an account, and show the one-time link that sets it up."""
    with told_in_lines(), _operator() as operator:
        _show_link(operator.add(sign_in_name=sign_in_name, full_name=full_name, role=role))


@staff.command("list")
def list_staff() -> None:
    """List all accounts: sign-in name, role, state, full name."""
    with told_in_lines(), _operator() as operator:
        for account in operator.accounts():
            click.echo(f"{account.sign_in_name:24} {account.role:14} {account.state:9} {account.full_name}")


@staff.command("disable")
@click.argument("sign_in_name")
def disable_staff(sign_in_name: str) -> None:
    """Close an account; whoever uses it is signed out at once."""
    with told_in_lines(), _operator() as operator:
        click.echo(f"The account {operator.disable(sign_in_name).sign_in_name} is disabled.")


@staff.command("reset")
@click.argument("sign_in_name")
def reset_staff(sign_in_name: str) -> None:
    """Show a new one-time link; password, app and recovery codes end, and a disabled account is open again."""
    with told_in_lines(), _operator() as operator:
        _show_link(operator.reset(sign_in_name))


@staff.command("role")
@click.argument("sign_in_name")
@click.argument("role")
def change_staff_role(sign_in_name: str, role: str) -> None:
    """Give an account another ROLE: reader, agent, reviewer or administrator."""
    with told_in_lines(), _operator() as operator:
        account = operator.change_role(sign_in_name, role)
        click.echo(f"The account {account.sign_in_name} has the role {account.role}.")


@app.group()
def audit() -> None:
    """Check who did what in the staff console."""


@audit.command("verify")
@click.option("--head", help="A head that this command showed before; it must still be in the audit.")
def verify_audit(head: str | None) -> None:
    """Look through the whole audit for entries that were changed, taken out or put in."""
    from candidacy.records.audit_chain import EMPTY_HEAD, ChainHead

    try:
        noted = EMPTY_HEAD if head is None else ChainHead.parse(head)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--head") from error
    with told_in_lines(), _operator() as operator:
        report = operator.verify_audit(noted)
        for found in report.breaks:
            click.echo(f"Entry {found.sequence}: {found.what}.")
        if report.breaks:
            end(EXIT_FAILURE, f"The audit does not hold in {len(report.breaks)} places.")
        click.echo(f"The audit holds; it has {report.head.sequence} entries. Note its head, to show it next time:")
        click.echo(str(report.head))


def _show_link(invitation: "Invitation") -> None:
    from candidacy.console.addresses import enrol_url

    click.echo(
        f"{invitation.account.full_name} ({invitation.account.sign_in_name}, {invitation.account.role}) sets the "
        f"account up with this link, within a day. It can be used once and is not shown again:"
    )
    click.echo(enrol_url(read_settings(), invitation.token))


@contextmanager
def _operator() -> "Iterator[Operator]":
    """Whoever works at this command line, on the database of the settings."""
    from getpass import getuser

    from candidacy.console.operator import operator

    settings = read_settings()
    enter_project()
    with operator(settings, name=f"command line, {getuser()}") as here:
        yield here


if __name__ == "__main__":
    app(prog_name="candidacy")
