"""A process's log: begun anew at each run, bounded, and quoted without a terminal's codes."""

from pathlib import Path

import pytest

from candidacy.launcher.process_log import ProcessLog, plain_lines


@pytest.fixture
def log(tmp_path: Path) -> ProcessLog:
    return ProcessLog(tmp_path / "logs", "rasa")


def write(log: ProcessLog, content: bytes) -> None:
    with log.open() as file:
        file.write(content)


def test_a_new_run_keeps_the_log_of_the_one_before(log: ProcessLog, tmp_path: Path) -> None:
    for run in (b"first", b"second", b"third"):
        log.rotate()
        write(log, run)
    assert log.path.read_text() == "third"
    assert (tmp_path / "logs" / "rasa.log.1").read_text() == "second"
    assert len(list(log.path.parent.iterdir())) == 2


def test_a_process_that_writes_on_never_sees_the_bound(log: ProcessLog, tmp_path: Path) -> None:
    log.rotate()
    with log.open() as process_output:
        process_output.write(b"a" * 101)
        process_output.flush()
        log.bound(100)
        process_output.write(b"and on")
    assert log.path.read_bytes() == b"and on"
    assert (tmp_path / "logs" / "rasa.log.1").read_bytes() == b"a" * 101


def test_a_short_log_stays(log: ProcessLog) -> None:
    log.rotate()
    write(log, b"a" * 100)
    log.bound(100)
    assert log.path.read_bytes() == b"a" * 100


def test_the_tail_is_the_last_lines_that_hold_something(log: ProcessLog) -> None:
    assert log.tail(2) == ""
    log.rotate()
    write(log, b"one\ntwo\n\nthree\n\n")
    assert log.tail(2) == "two\nthree"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("plain", ["plain"]),
        ("\x1b[91mwrong intent\x1b[0m\n", ["wrong intent"]),
        ("rules: 0%\rrules: 50%\rrules: 100%\r\nnext", ["rules: 100%", "next"]),
        ("a\n \n\nb", ["a", "b"]),
    ],
)
def test_plain_lines_are_what_a_terminal_would_leave(text: str, lines: list[str]) -> None:
    assert plain_lines(text) == lines
