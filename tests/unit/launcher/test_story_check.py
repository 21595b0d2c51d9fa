"""Rasa's test of the stories is believed only for what its report holds. A small program stands in for Rasa."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from candidacy.launcher import story_check
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.launcher.stop_request import StopRequest
from candidacy.launcher.story_check import check_stories

Program = Callable[..., tuple[str, ...]]
Rasa = Callable[..., None]

REPORTS = """
import pathlib, sys
out, report, exit_code = sys.argv[1:]
(pathlib.Path(out) / "story_report.json").write_text(report)
(pathlib.Path(out) / "failed_test_stories.yml").write_text("- story: asking  # predicted: action_listen\\n")
sys.exit(int(exit_code))
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.tar.gz"
    path.touch()
    return path


@pytest.fixture
def rasa(program: Program, monkeypatch: pytest.MonkeyPatch) -> Rasa:
    def behave(code: str, *arguments: object) -> None:
        monkeypatch.setattr(story_check, "story_test_command", lambda *, model, out: program(code, out, *arguments))

    return behave


def report(correct: int, total: int) -> str:
    return json.dumps({"accuracy": 1.0, "conversation_accuracy": {"correct": correct, "total": total}})


def test_stories_that_go_as_told_are_counted(rasa: Rasa, model: Path, tmp_path: Path) -> None:
    rasa(REPORTS, report(3, 3), 0)
    assert check_stories(tmp_path, model=model, logs=tmp_path, stop=StopRequest()) == 3


def test_a_story_that_goes_another_way_is_quoted(rasa: Rasa, model: Path, tmp_path: Path) -> None:
    rasa(REPORTS, report(2, 3), 0)
    with pytest.raises(LaunchError, match=r"^1 of 3 test stories .*test-stories\.log:\n- story: asking  # predicted"):
        check_stories(tmp_path, model=model, logs=tmp_path, stop=StopRequest())


@pytest.mark.parametrize(
    ("content", "exit_code", "reason"),
    [
        (report(0, 0), 0, "no story was tested"),
        (json.dumps({}), 0, "no story was tested"),
        (report(3, 3), 1, "exit code 1"),
    ],
)
def test_a_report_of_nothing_or_a_failure_is_no_success(
    rasa: Rasa, model: Path, tmp_path: Path, content: str, exit_code: int, reason: str
) -> None:
    rasa(REPORTS, content, exit_code)
    with pytest.raises(LaunchError, match=rf"^The stories are not tested \({reason}\)"):
        check_stories(tmp_path, model=model, logs=tmp_path, stop=StopRequest())


def test_no_report_is_no_success_and_the_log_is_quoted(rasa: Rasa, model: Path, tmp_path: Path) -> None:
    rasa("print('Unable to test')")
    with pytest.raises(LaunchError, match=r"no story was tested.*test-stories\.log:\nUnable to test$"):
        check_stories(tmp_path, model=model, logs=tmp_path, stop=StopRequest())


def test_without_a_model_nothing_is_run(rasa: Rasa, tmp_path: Path) -> None:
    rasa("print('not reached')")
    with pytest.raises(LaunchError, match="make train"):
        check_stories(tmp_path, model=tmp_path / "none.tar.gz", logs=tmp_path, stop=StopRequest())
    assert not (tmp_path / "test-stories.log").exists()


def test_a_stop_ends_the_test(rasa: Rasa, model: Path, tmp_path: Path) -> None:
    rasa("import time; time.sleep(60)")
    stop = StopRequest()
    stop.ask()
    with pytest.raises(Interrupted):
        check_stories(tmp_path, model=model, logs=tmp_path, stop=stop)
