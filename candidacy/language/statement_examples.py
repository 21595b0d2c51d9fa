"""Reads the example statements from which is learnt what people say about their spine: a file a question put."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from candidacy.language.concepts import SCREENING_CONCEPTS
from candidacy.language.rule_files import RuleError

VOLUNTEERED = "volunteered"
"""The file of what is said without a question."""
NOTHING = "-"
VALUES = ("yes", "no", "unknown", NOTHING)
"""What a message can say to each of the screening's questions."""
SUBJECTS = ("self", "other")

_COLUMNS = ("text", *SCREENING_CONCEPTS, "subject")


@dataclass(frozen=True)
class StatementExample:
    """A message and what it says.

    Attributes:
        text: The message as written.
        asked: The concept of the question that was put, or None.
        values: By concept, one of :data:`VALUES`.
        subject: Whose spine it is about, ``self`` or ``other``; the values are that person's.
    """

    text: str
    asked: str | None
    values: Mapping[str, str]
    subject: str


def read_statement_examples(folder: Path) -> list[StatementExample]:
    """The examples of a folder: ``<concept>.tsv`` for each question and ``volunteered.tsv``.

    Raises:
        RuleError: a file is missing, or a line of it is wrong; names the file, the line and what is wrong.
    """
    questions: tuple[str | None, ...] = (*SCREENING_CONCEPTS, None)
    return [example for asked in questions for example in _read(folder / f"{asked or VOLUNTEERED}.tsv", asked)]


def _read(file: Path, asked: str | None) -> list[StatementExample]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise RuleError(f"{file}: cannot be read ({error.strerror})") from error
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise RuleError(f"{file}: must begin with the columns {', '.join(_COLUMNS)}")
    return [_example(row, asked, f"{file}, line {number}") for number, row in enumerate(rows[1:], start=2)]


def _example(row: list[str], asked: str | None, place: str) -> StatementExample:
    if len(row) != len(_COLUMNS):
        raise RuleError(f"{place}: has {len(row)} columns instead of {len(_COLUMNS)}")
    text, *values, subject = row
    wrong = [value for value in values if value not in VALUES]
    if wrong or subject not in SUBJECTS or not text.strip():
        raise RuleError(
            f"{place}: needs a text, {', '.join(VALUES[:-1])} or {NOTHING} for each concept,"
            f" and {' or '.join(SUBJECTS)} as its subject"
        )
    return StatementExample(text, asked, dict(zip(SCREENING_CONCEPTS, values, strict=True)), subject)
