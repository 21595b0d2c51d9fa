"""The log file of one process: kept for the last two runs, and bounded."""

import re
import shutil
from pathlib import Path
from typing import BinaryIO

MAXIMUM_BYTES = 5_000_000
"""Beyond this a running process's log is moved aside; with the one before, a process takes at most twice this."""

_TERMINAL_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class ProcessLog:
    """A log file `<name>.log` with its predecessor `<name>.log.1`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.log"
        self._previous = folder / f"{name}.log.1"

    def rotate(self) -> None:
        """Begin a new log; the one so far becomes the previous one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            self.path.replace(self._previous)

    def open(self) -> BinaryIO:
        """Open the end of the log for a process to write to. The caller closes it once the process has it."""
        return self.path.open("ab")

    def bound(self, maximum_bytes: int = MAXIMUM_BYTES) -> None:
        """Move the content aside when there is too much of it.

        The process keeps its open file, so the content is copied and the file emptied; since it is open for
        appending, the process goes on at its new end.
        """
        if self.path.exists() and self.path.stat().st_size > maximum_bytes:
            shutil.copyfile(self.path, self._previous)
            with self.path.open("r+b") as file:
                file.truncate()

    def tail(self, lines: int) -> str:
        """The last lines that hold something, without colours and overwritten progress bars."""
        if not self.path.exists():
            return ""
        return "\n".join(plain_lines(self.path.read_text(encoding="utf-8", errors="replace"))[-lines:])


def plain_lines(text: str) -> list[str]:
    """The lines that hold something as a terminal would leave them: without codes, the last of overwritten ones."""
    lines = (_TERMINAL_CODES.sub("", line).rstrip().split("\r")[-1] for line in text.split("\n"))
    return [line.rstrip() for line in lines if line.strip()]
