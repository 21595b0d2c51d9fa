"""Runs Rasa's own test of the stories against a model: every intent and every action must be the one in the story."""

import json
import tempfile
from pathlib import Path

from candidacy.launcher.child import describe_exit
from candidacy.launcher.errors import LaunchError
from candidacy.launcher.process_log import ProcessLog
from candidacy.launcher.rasa_command import story_test_command
from candidacy.launcher.run_to_end import run_to_end
from candidacy.launcher.stop_request import StopRequest

_REPORT = "story_report.json"
_FAILED = "failed_test_stories.yml"
_TAIL_LINES = 40


def check_stories(project: Path, *, model: Path, logs: Path, stop: StopRequest) -> int:
    """Play the stories and return how many there are.

    Rasa itself ends well when stories fail, when there are none and when there is no model, so its report is read.

    Raises:
        LaunchError: a story went another way, which is quoted; or Rasa tested none, and the end of its log is quoted.
        Interrupted: a stop was asked for.
    """
    if not model.exists():
        raise LaunchError("There is no model of the present data. Train it with: make train")
    log = ProcessLog(logs, "test-stories")
    with tempfile.TemporaryDirectory() as name:
        results = Path(name)
        code = run_to_end(story_test_command(model=model, out=results), log=log, project=project, stop=stop)
        correct, total = _count(results / _REPORT)
        if correct < total:
            raise LaunchError(
                f"{total - correct} of {total} test stories go another way; Rasa's log is {log.path}:\n"
                f"{(results / _FAILED).read_text(encoding='utf-8').rstrip()}"
            )
    if code or not total:
        how = describe_exit(code) if code else "no story was tested"
        raise LaunchError(f"The stories are not tested ({how}). The end of {log.path}:\n{log.tail(_TAIL_LINES)}")
    return total


def _count(report: Path) -> tuple[int, int]:
    """How many stories went as told, of how many; none of none without a report."""
    if not report.exists():
        return 0, 0
    stories = json.loads(report.read_text(encoding="utf-8")).get("conversation_accuracy", {})
    return stories.get("correct", 0), stories.get("total", 0)
