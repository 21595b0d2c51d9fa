"""The whole `candidacy chat` against a small front desk: from a pipe, and with a person at a terminal."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-m", "candidacy.cli", "chat")


def pipe(front_desk: Any, lines: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, "--url", front_desk.url, *arguments], input=lines, capture_output=True, text=True, check=False
    )


def test_lines_from_a_pipe_are_answered_in_order(front_desk: Any) -> None:
    result = pipe(front_desk, "hello\n\nbye\n")
    assert result.stdout.splitlines() == [
        "Assistant: Hello. I am automated.",
        "You: hello",
        "Assistant: You said: hello",
        "Assistant: Anything else?",
        "You: bye",
        "Assistant: You said: bye",
        "Assistant: Anything else?",
    ]
    assert (result.returncode, result.stderr) == (0, "")


def test_a_number_presses_a_choice_and_a_quoted_one_is_a_text(front_desk: Any) -> None:
    result = pipe(front_desk, 'choices\n2\nchoices\n"2"\n2\n')
    sent = [message.get("button") or message["text"] for message in front_desk.received]
    assert sent == ["choices", "3-2", "choices", "2", "2"]
    assert "           [2] No\nYou: 2\nAssistant: You pressed 3-2." in result.stdout


def test_quit_ends_it_before_the_input_does(front_desk: Any) -> None:
    result = pipe(front_desk, "/quit\nhello\n")
    assert front_desk.received == []
    assert result.returncode == 0


def test_a_refused_line_is_said_and_the_next_one_sent(front_desk: Any) -> None:
    result = pipe(front_desk, "too long\nhello\n")
    assert "You: too long\n(Shorten it.)\nYou: hello\nAssistant: You said: hello" in result.stdout


def test_a_transcript_is_kept(front_desk: Any, tmp_path: Path) -> None:
    result = pipe(front_desk, "hello\n", "--transcript", str(tmp_path / "talk.txt"))
    assert (tmp_path / "talk.txt").read_text() == result.stdout


def test_a_transcript_that_cannot_be_written_is_one_line(front_desk: Any, tmp_path: Path) -> None:
    result = pipe(front_desk, "hello\n", "--transcript", str(tmp_path / "missing" / "talk.txt"))
    assert result.stderr.splitlines() == [f"No such file or directory: {tmp_path / 'missing' / 'talk.txt'}"]
    assert result.returncode == 1


class Terminal:
    """A person's terminal with the command running in it."""

    def __init__(self, url: str) -> None:
        pid, self._descriptor = pty.fork()
        if pid == 0:
            os.execv(COMMAND[0], [*COMMAND, "--url", url])
        self._pid = pid
        self.seen = ""

    def wait_for(self, text: str) -> None:
        """Read until the text stands there; then forget what was before."""
        while text not in self.seen:
            self.seen += os.read(self._descriptor, 4096).decode()
        self.seen = self.seen.split(text, 1)[1]

    def type(self, text: str) -> None:
        os.write(self._descriptor, text.encode())

    def press_ctrl_c_until(self, text: str) -> None:
        """Press Ctrl-C, again when need be: one that comes just before the line is read goes unnoticed."""
        while text not in self.seen:
            self.type("\x03")
            if select.select([self._descriptor], [], [], 0.5)[0]:
                self.seen += os.read(self._descriptor, 4096).decode()

    def exit_code(self) -> int:
        _, status = os.waitpid(self._pid, 0)
        os.close(self._descriptor)
        return os.waitstatus_to_exitcode(status)


def test_a_person_types_and_sees_what_comes_by_itself(front_desk: Any) -> None:
    terminal = Terminal(front_desk.url)
    terminal.wait_for("Assistant: Hello. I am automated.")
    terminal.wait_for("You: ")
    terminal.type("hello\n")
    terminal.wait_for("Assistant: You said: hello")
    terminal.wait_for("You: ")
    terminal.type("half a li")
    terminal.wait_for("half a li")
    front_desk.say("This is the clinic.", author="staff")
    terminal.wait_for("Clinic: This is the clinic.")
    terminal.wait_for("You: half a li")
    terminal.type("ne\n")
    terminal.wait_for("Assistant: You said: half a line")
    terminal.type("/quit\n")
    assert terminal.exit_code() == 0


def test_ctrl_c_ends_it_without_a_traceback(front_desk: Any) -> None:
    terminal = Terminal(front_desk.url)
    terminal.wait_for("You: ")
    terminal.press_ctrl_c_until("(ended)")
    assert terminal.exit_code() == 0
    assert "Traceback" not in terminal.seen
