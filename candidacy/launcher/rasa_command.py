"""How Rasa's own command is called: its arguments and the environment that keeps it quiet and small."""

import sys
from collections.abc import Mapping
from pathlib import Path

DATA_FOLDERS = ("data/nlu", "data/rules")
TEST_STORIES = "tests/stories"

QUIET_ENVIRONMENT: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "PYTHONUNBUFFERED": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
"""For every process that may load Rasa: one thread for arithmetic, no telemetry, less talk of its libraries."""


def train_command(*, name: str, out: Path) -> tuple[str, ...]:
    """Train a model called `name` into the folder `out`; steps are logged (`-v`), which the progress bar reads.

    Rasa's own check of the data is left to `candidacy validate`: it would double the time. A contradiction between
    rules, or an intent without a domain, stops the training all the same.
    """
    return (*_rasa("train", "-v", "--skip-validation"), "--fixed-model-name", name, "--out", str(out), *_inputs())


def validate_command() -> tuple[str, ...]:
    """Check domain, examples and rules against each other."""
    return (*_rasa("data", "validate"), *_inputs())


def story_test_command(*, model: Path, out: Path) -> tuple[str, ...]:
    """Play the test stories against a model, the words of the visitor included; reports go into the folder `out`."""
    options = ("--e2e", "--no-plot", "--stories", TEST_STORIES)
    return (*_rasa("test", "core"), *options, "--model", str(model), "--out", str(out))


def _rasa(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "rasa", *words)


def _inputs() -> tuple[str, ...]:
    return ("--config", "config.yml", "--domain", "domain.yml", "--data", *DATA_FOLDERS)
