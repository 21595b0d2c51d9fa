"""What is wrong with a file of labelled messages."""

from pathlib import Path


class LabelledFileError(Exception):
    """A file cannot be used; the message names the file, the line and the reason."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
