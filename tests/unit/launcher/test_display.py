"""Elsewhere than at a terminal the launcher says plain lines; at a terminal it shows a bar or a live line."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from candidacy.launcher.display import RunDisplay, TrainingDisplay


@pytest.fixture
def plain() -> Console:
    return Console(file=io.StringIO(), force_terminal=False, width=40)


@pytest.fixture
def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=80, legacy_windows=False)


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_processes_are_told_in_plain_lines(plain: Console) -> None:
    display = RunDisplay(plain, welcome=lambda: ["Running.", "  Front desk  http://127.0.0.1:8000/"])
    display.waiting(["action server", "Rasa server"])
    display.ready("Rasa server", 7.04)
    display.all_ready()
    display.died("Rasa server", "killed by SIGKILL", Path("var/logs/rasa.log"), 0.5)
    display.stopping()
    assert written(plain).splitlines() == [
        "The Rasa server is ready (7.0 s).",
        "Running.",
        "  Front desk  http://127.0.0.1:8000/",
        "The Rasa server ended (killed by SIGKILL); starting it again in 0.5 s. Its log: var/logs/rasa.log",
        "Stopping.",
    ]


def test_at_a_terminal_a_live_line_says_what_is_waited_for(terminal: Console) -> None:
    display = RunDisplay(terminal, welcome=lambda: [])
    display.waiting(["action server", "Rasa server", "front desk"])
    display.close()
    assert "Waiting for the action server, Rasa server and front desk (0 s)" in written(terminal)


def test_a_training_is_told_in_two_plain_lines(plain: Console) -> None:
    display = TrainingDisplay(plain)
    display.training_begins(5, Path("var/logs/train.log"))
    display.training_step(3, "training TopicClassifier")
    display.training_ends(Path("models/assistant-0123456789ab.tar.gz"))
    first, second = written(plain).splitlines()
    assert first == "Training the model of the present data; details in var/logs/train.log"
    assert second.startswith("Trained in ")
    assert second.endswith(" s: assistant-0123456789ab.tar.gz")


def test_at_a_terminal_a_training_has_a_bar_with_its_step(terminal: Console) -> None:
    display = TrainingDisplay(terminal)
    display.training_begins(5, Path("train.log"))
    display.training_step(3, "training TopicClassifier")
    display.training_ends(None)
    assert "━" in written(terminal)
    assert "training TopicClassifier" in written(terminal)
    assert "Trained" not in written(terminal)


def test_another_training_that_is_waited_for_is_said(plain: Console) -> None:
    TrainingDisplay(plain).waiting_for_other_training()
    assert written(plain) == "Another process is training the model; waiting for it.\n"
