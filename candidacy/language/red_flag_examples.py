"""Reads the example messages from which danger is learnt: one message a line, one file a category."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from candidacy.language.rule_files import RuleError

NO_DANGER = "none"
"""The category of messages that are no danger; also the folder and file names that hold them."""
SPANISH_FOLDER = "spanish"


@dataclass(frozen=True)
class RedFlagExample:
    """A message and its category, ``none`` when it is no danger."""

    text: str
    category: str


def read_red_flag_examples(folder: Path, *, categories: Collection[str]) -> list[RedFlagExample]:
    """The examples of a folder: ``<level>/<category>.txt``, ``none/<kind>.txt`` and ``spanish/<category>.txt``.

    Lines that begin with "#" say something to the reader.

    Raises:
        RuleError: there are no examples, or a file is named for no category.
    """
    files = sorted(folder.glob("*/*.txt"))
    if not files:
        raise RuleError(f"{folder}: holds no examples (expected <level>/<category>.txt)")
    return [example for file in files for example in _read(file, categories)]


def _read(file: Path, categories: Collection[str]) -> list[RedFlagExample]:
    category = NO_DANGER if file.parent.name == NO_DANGER else file.stem
    if category != NO_DANGER and category not in categories:
        raise RuleError(f"{file}: {category!r} is no category of the red flags' rules")
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [RedFlagExample(line, category) for line in lines if line and not line.startswith("#")]
