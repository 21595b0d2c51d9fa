"""A whole evaluation: an assistant of its own, every row put to it, the results written, the figures printed."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from candidacy.evaluation.asking import AT_ONCE, ask_rows
from candidacy.evaluation.confusion_plot import plot_confusion
from candidacy.evaluation.labelled_file import LabelledRow
from candidacy.evaluation.labelled_set import LabelledSet
from candidacy.evaluation.own_assistant import own_assistant
from candidacy.evaluation.report import print_report
from candidacy.evaluation.results import Results
from candidacy.evaluation.scored import Exchange
from candidacy.launcher.display import TrainingDisplay
from candidacy.launcher.preparation import check_folders
from candidacy.launcher.start import training_place
from candidacy.launcher.stop_request import StopRequest
from candidacy.launcher.training import TrainingPlace, ensure_model
from candidacy.machine import clinic_texts
from candidacy.settings import Settings


def evaluate(
    labelled_set: LabelledSet,
    rows: Sequence[LabelledRow],
    *,
    settings: Settings,
    project: Path,
    out: Path | None,
    plot: Path | None,
    console: Console,
    stop: StopRequest,
) -> None:
    """Put every row to an assistant of its own, trained when it must be, and print the figures.

    Raises:
        LaunchError: the assistant cannot be trained, started or kept running.
        Interrupted: a stop was asked for.
    """
    check_folders(settings)
    results = Results(clinic_texts(settings))
    with ExitStack() as files:
        # Both are opened before the work, which is long, so that it is not in vain.
        results.out = files.enter_context(out.open("w", encoding="utf-8")) if out else None
        picture = files.enter_context(plot.open("wb")) if plot else None
        _fill(results, rows, place=training_place(settings, project=project), console=console, stop=stop)
        if picture is not None:
            plot_confusion(results.marks, picture, title=f"{labelled_set.name}: {len(rows)} rows")
    for failure in results.failures:
        console.print(failure, markup=False, highlight=False, soft_wrap=True)
    remark = f"{AT_ONCE} conversations at once"
    print_report(console, labelled_set, results.marks, results.seconds, remark=remark)


def _fill(
    results: Results, rows: Sequence[LabelledRow], *, place: TrainingPlace, console: Console, stop: StopRequest
) -> None:
    model = ensure_model(place, reporter=TrainingDisplay(console), stop=stop)
    with own_assistant(project=place.project, model=model, stop=stop) as assistant, _progress(console) as progress:
        task = progress.add_task("rows", total=len(rows))

        def take(row: LabelledRow, exchange: Exchange) -> None:
            if exchange.failure is not None:
                assistant.check()
            results.take(row, exchange)
            progress.advance(task)

        ask_rows(rows, settings=assistant.settings, take=take, stop=stop)


def _progress(console: Console) -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
