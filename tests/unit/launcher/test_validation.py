"""Rasa's check passes silently, or fails with the end of its log. A small program stands in for Rasa."""

from collections.abc import Callable
from pathlib import Path

import pytest

from candidacy.launcher import validation
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.launcher.stop_request import StopRequest
from candidacy.launcher.validation import validate_data

Program = Callable[..., tuple[str, ...]]


@pytest.fixture
def rasa(program: Program, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def behave(code: str) -> None:
        monkeypatch.setattr(validation, "validate_command", lambda: program(code))

    return behave


def test_valid_data(rasa: Callable[[str], None], tmp_path: Path) -> None:
    rasa("print('fine')")
    validate_data(tmp_path, logs=tmp_path, stop=StopRequest())
    assert (tmp_path / "validate.log").read_text() == "fine\n"


def test_invalid_data_are_quoted(rasa: Callable[[str], None], tmp_path: Path) -> None:
    rasa("import sys; sys.exit('The intent is missing')")
    with pytest.raises(LaunchError, match=r"The data is not valid \(exit code 1\)[^\n]*\nThe intent is missing$"):
        validate_data(tmp_path, logs=tmp_path, stop=StopRequest())


def test_a_stop_ends_the_check(rasa: Callable[[str], None], tmp_path: Path) -> None:
    rasa("import time; time.sleep(60)")
    stop = StopRequest()
    stop.ask()
    with pytest.raises(Interrupted):
        validate_data(tmp_path, logs=tmp_path, stop=stop)
