"""The product side by side with a small stock Rasa assistant, on this machine, in one run: ``make bench``.

Both are started on free ports, with records of their own, and talked with in turns by the same script. The stock
assistant is written and trained once, which takes many minutes, and kept in .bench/.
"""

import argparse
import asyncio
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console

from bench.samples import PROJECT, Sample
from bench.side_by_side import rounds, trainings, two_processes
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.ours import trained_model
from bench.side_by_side.plan import Plan, quick
from bench.side_by_side.plots import write_plots
from bench.side_by_side.processes import machine_bytes
from bench.side_by_side.record import document, write_document
from bench.side_by_side.report import markdown, print_report
from bench.side_by_side.rows import KEYS
from bench.side_by_side.running import MeasurementFailed
from bench.side_by_side.stock_model import StockModel, kept_model, prepare_stock, train_stock
from candidacy.machine import clinic_texts
from candidacy.settings import read_settings

KEPT = PROJECT / ".bench"
PUBLISHED = PROJECT / "docs/performance"
FILE_NAME = "bench.json"
TABLE_NAME = "table.md"
FILE_WIDTH = 140
"""Columns of the table where it goes to no terminal."""
EXIT_FAILURE = 1
EXIT_INTERRUPTED = 130


def main() -> None:
    """Measure what was asked for; ends with 0 whenever it was measured, whatever came out."""
    given = _arguments()
    plan = quick(Plan()) if given.quick else Plan(rounds=given.rounds, epochs=given.epochs)
    keys = frozenset(given.only or KEYS)
    whole = not given.quick and keys == frozenset(KEYS) and plan.rounds >= Plan.rounds
    out = given.out or (PUBLISHED if whole else KEPT / "results")
    console = Console()
    if not console.is_terminal:
        console.width = FILE_WIDTH
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        sys.exit(0 if measure(plan, keys, out=out, console=console) else EXIT_FAILURE)
    except KeyboardInterrupt:
        console.print("Stopped; nothing that was started is left running.")
        sys.exit(EXIT_INTERRUPTED)


def measure(plan: Plan, keys: frozenset[str], *, out: Path, console: Console) -> bool:
    """Measure, print the table, write the document and the pictures; False when a part could not be measured."""
    began = time.monotonic()

    def say(what: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - began), 60)
        console.print(f"{minutes:3}:{seconds:02}  {what}", markup=False, highlight=False)

    notebook = Notebook()
    stock = _stock(plan, say) if keys & (rounds.NEED_STOCK | trainings.KEYS) else None
    say("the product's model")
    model = trained_model()
    complete = True
    # On the project's own disk: a system's temporary folder may be memory, where a commit costs nothing.
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="run-", dir=KEPT) as name:
        for stage in _stages(plan, keys, Path(name), model, stock, notebook, say):
            complete = _measured(stage, say) and complete
            # After each stage, so that what is done is kept if the next one never ends.
            outcomes = [outcome for outcome in notebook.outcomes() if outcome.row.key in keys]
            about = _about(plan, stock, time.monotonic() - began)
            write_document(out / FILE_NAME, document(outcomes, about=about, series=notebook.series))
            (out / TABLE_NAME).write_text(markdown(outcomes) + "\n", encoding="utf-8")
            write_plots(out, outcomes, notebook.series)
    say("measured")
    print_report(console, outcomes)
    console.print(f"Written to {os.path.relpath(out)}/", markup=False, highlight=False)
    return complete


def _stages(
    plan: Plan,
    keys: frozenset[str],
    folder: Path,
    model: Path,
    stock: StockModel | None,
    notebook: Notebook,
    say: Callable[[str], None],
) -> Iterator[Callable[[], None]]:
    """What is to be measured, in parts that each can fail by themselves."""
    if keys & rounds.KEYS:
        yield rounds.Rounds(plan, keys, folder, model, stock, notebook, say).run
    if keys & two_processes.KEYS:
        yield two_processes.TwoProcesses(plan, keys, folder, notebook, say).run
    if keys & trainings.KEYS and stock is not None:
        yield trainings.Trainings(plan, folder, stock, notebook, say).run


def _measured(stage: Callable[[], None], say: Callable[[str], None]) -> bool:
    """Whether a stage came to its end; what it measured before it failed is kept."""
    try:
        stage()
    except (MeasurementFailed, aiohttp.ClientError, asyncio.TimeoutError) as error:
        say(f"FAILED: {error or type(error).__name__}")
        return False
    return True


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.side_by_side", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        choices=KEYS,
        metavar="ROW",
        help=f"only this row; may be repeated: {', '.join(KEYS)}",
    )
    parser.add_argument("--quick", action="store_true", help="a little of everything, to see that it works")
    parser.add_argument(
        "--rounds",
        type=int,
        default=Plan.rounds,
        metavar="N",
        help="how often everything is measured (default: %(default)s)",
    )
    parser.add_argument(
        "--epochs", type=int, metavar="N",
        help="train the stock assistant with so many epochs, where its own 100 take too long; what they would take is "
        "projected, and the table says so",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER",
        help="where the figures and pictures go (default: docs/performance for a whole run, else .bench/results)",
    )  # fmt: skip
    return parser.parse_args()


def _stock(plan: Plan, say: Callable[[str], None]) -> StockModel:
    """The kept stock assistant, trained when there is none of the present examples."""
    sample = Sample(plan.share)
    folder = prepare_stock(KEPT / "stock", sample=sample, texts=clinic_texts(read_settings()), epochs=plan.epochs)
    kept = kept_model(folder)
    if kept is not None:
        say(f"stock Rasa as trained {kept.training.ended_at}")
        return kept
    say(f"training stock Rasa, which takes many minutes; its log: {folder / 'train.log'}")
    return train_stock(folder, sample=sample, epochs=plan.epochs)


def _about(plan: Plan, stock: StockModel | None, seconds: float) -> dict[str, Any]:
    return {
        "measured_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "took_seconds": round(seconds),
        "machine": {
            "cores": os.cpu_count(),
            "memory_gigabytes": round(machine_bytes() / 2**30, 1),
            "system": platform.platform(),
            "python": platform.python_version(),
            "rasa": version("rasa"),
        },
        "plan": vars(plan) | {},
        "stock_training": None if stock is None else vars(stock.training),
    }


if __name__ == "__main__":
    main()
