"""Reads files of labelled messages: tab-separated UTF-8 with one header line, no quoting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from candidacy.evaluation.errors import LabelledFileError
from candidacy.evaluation.labelled_set import Case, LabelledSet


@dataclass(frozen=True)
class LabelledRow:
    """A labelled message and where it stands."""

    case: Case
    path: Path
    line: int


def read_files(paths: Sequence[Path], labelled_set: LabelledSet) -> tuple[LabelledRow, ...]:
    """The rows of several files, in their order.

    Raises:
        LabelledFileError: a file is not as it must be; names the first line that is not.
    """
    return tuple(row for path in paths for row in _read_file(path, labelled_set))


def _read_file(path: Path, labelled_set: LabelledSet) -> Iterator[LabelledRow]:
    header, *lines = _lines(path)
    if header != "\t".join(labelled_set.columns):
        raise LabelledFileError(path, 1, f"the header must be {_listed(labelled_set)}, separated by tabs")
    if not lines:
        raise LabelledFileError(path, 2, "there must be at least one row")
    for number, line in enumerate(lines, start=2):
        yield LabelledRow(_read_case(path, number, line, labelled_set), path, number)


def _read_case(path: Path, number: int, line: str, labelled_set: LabelledSet) -> Case:
    fields = line.split("\t")
    if len(fields) != len(labelled_set.columns):
        raise LabelledFileError(
            path,
            number,
            f"there are {len(fields)} fields, and there must be {len(labelled_set.columns)}: {_listed(labelled_set)}",
        )
    values = dict(zip(labelled_set.columns, fields, strict=True))
    if not values["text"].strip():
        raise LabelledFileError(path, number, "the text is empty")
    try:
        return labelled_set.read(values)
    except ValueError as error:
        raise LabelledFileError(path, number, str(error)) from error


def _lines(path: Path) -> list[str]:
    """The lines; only a line feed ends one, for a text may hold other characters that Python takes for an end."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LabelledFileError(path, content[: error.start].count(b"\n") + 1, "this is not UTF-8") from error
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _listed(labelled_set: LabelledSet) -> str:
    return ", ".join(labelled_set.columns)
