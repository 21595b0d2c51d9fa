"""Trains a written project with Rasa's own command, in a process of its own, and says what it cost."""

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from candidacy.launcher.die_with_parent import with_parent

MODEL_NAME = "model"
LEARN_IN_EPOCHS = frozenset({"DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy"})
LOG_LINES = 20
"""How much of a failed training's log is shown."""

_STEP = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) .*(?P<what>Starting to train|Finished training) component '(?P<part>\w+)'"
)


@dataclass(frozen=True)
class Trained:
    """A trained model, and what it cost."""

    model: Path
    seconds: float
    processor_seconds: float
    """Of all cores together."""
    learning_seconds: float
    """Of the seconds, those in which the parts that learn in epochs were trained."""


def train(folder: Path, words: Sequence[str], *, environment: Mapping[str, str]) -> Trained:
    """Run ``rasa train WORDS`` in a folder, with a cache of its own; ends the program when the training fails.

    Args:
        folder: where the project is, and where its model, cache and log go.
        words: what comes after ``rasa train``, but for where the model goes.
        environment: set besides this process's own.
    """
    begun, used_before = time.monotonic(), _processor_seconds_of_children()
    options = ("--out", "models", "--fixed-model-name", MODEL_NAME)
    variables = {"RASA_TELEMETRY_ENABLED": "false", "RASA_CACHE_DIRECTORY": str(folder / "cache"), **environment}
    log = folder / "train.log"
    with log.open("w") as file:
        ended = subprocess.run(
            with_parent((sys.executable, "-m", "rasa", "train", *words, *options)),
            cwd=folder, env=os.environ | variables, stdout=file, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if ended.returncode:
        sys.exit("\n".join(["The training failed:", *log.read_text(errors="replace").splitlines()[-LOG_LINES:]]))
    return Trained(
        model=folder / "models" / f"{MODEL_NAME}.tar.gz",
        seconds=time.monotonic() - begun,
        processor_seconds=_processor_seconds_of_children() - used_before,
        learning_seconds=read_learning_seconds(log.read_text(encoding="utf-8", errors="replace")),
    )


def read_learning_seconds(log: str) -> float:
    """The seconds from the begin to the end of each part that learns in epochs, as Rasa's log tells them."""
    begun: dict[str, datetime] = {}
    total = 0.0
    for told in _STEP.finditer(log):
        at, what, part = datetime.fromisoformat(told["at"]), told["what"], told["part"]
        if what == "Starting to train":
            begun[part] = at
        elif part in begun and part in LEARN_IN_EPOCHS:
            total += (at - begun.pop(part)).total_seconds()
    return total


def _processor_seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
