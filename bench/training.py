"""Trains a written project with Rasa's own command, in a process of its own, and says what it cost."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from candidacy.launcher.die_with_parent import with_parent

MODEL_NAME = "model"
LOG_LINES = 20
"""How much of a failed training's log is shown."""


@dataclass(frozen=True)
class Trained:
    """A trained model, and what it cost."""

    model: Path
    seconds: float
    processor_seconds: float
    """Of all cores together."""


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
    )


def _processor_seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
