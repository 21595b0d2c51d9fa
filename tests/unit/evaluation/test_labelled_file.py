"""Files of labelled messages are read as they are, and refused with the line and the reason."""

from pathlib import Path

import pytest

from candidacy.evaluation.errors import LabelledFileError
from candidacy.evaluation.labelled_file import read_files
from candidacy.evaluation.sets import SETS

HEADER = "text\texpects\tnote\n"
FAQ = SETS["faq"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "faq.tsv"


def test_several_files_are_read_together_in_order(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "more.tsv"
    path.write_text(f"{HEADER}one\tF1\t\ntwo\tF2|F3\tsms\n", encoding="utf-8")
    other.write_text(f"{HEADER}three\tF3\t", encoding="utf-8")
    rows = read_files([path, other], FAQ)
    assert [(row.case.text, row.path, row.line) for row in rows] == [
        ("one", path, 2),
        ("two", path, 3),
        ("three", other, 2),
    ]


def test_quotes_are_text_and_other_separators_end_no_line(path: Path) -> None:
    path.write_text(f'{HEADER}"so" he said\u2028and\x0bso\tF1\t\n', encoding="utf-8")
    [row] = read_files([path], FAQ)
    assert row.case.text == '"so" he said\u2028and\x0bso'


def test_a_file_from_windows_is_read(path: Path) -> None:
    path.write_bytes(f"\ufeff{HEADER}big op?\tF2\tsms\n".replace("\n", "\r\n").encode())
    [row] = read_files([path], FAQ)
    assert row.case.text == "big op?"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 1, "the header must be text, expects, note, separated by tabs"),
        ("text,expects,note\nhi,F1,\n", 1, "the header must be"),
        ("text\texpects\nhi\tF1\n", 1, "the header must be"),
        (HEADER, 2, "there must be at least one row"),
        (f"{HEADER}hi\tF1\t\nhi\tF1\n", 3, "there are 2 fields, and there must be 3: text, expects, note"),
        (f"{HEADER}hi\tF1\t\t\n", 2, "there are 4 fields"),
        (f"{HEADER}hi\tF1\t\n\nhi\tF1\t\n", 3, "there are 1 fields"),
        (f"{HEADER} \tF1\t\n", 2, "the text is empty"),
        (f"{HEADER}hi\tF1\t\nhi\tF99\t\n", 3, "the label 'F99' must be one of"),
    ],
)
def test_a_malformed_file_is_refused_in_one_line(path: Path, content: str, line: int, reason: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LabelledFileError) as error:
        read_files([path], FAQ)
    assert str(error.value).startswith(f"{path}, line {line}: {reason}")
    assert "\n" not in str(error.value)


def test_what_is_not_utf_8_is_refused_with_its_line(path: Path) -> None:
    path.write_bytes(f"{HEADER}caf".encode() + b"\xe9\tF1\t\n")
    with pytest.raises(LabelledFileError, match="line 2: this is not UTF-8"):
        read_files([path], FAQ)


@pytest.mark.parametrize("name", SETS)
def test_the_development_files_are_well_formed(project: Path, name: str) -> None:
    assert len(read_files([project / "tests" / "evaluation" / "development" / f"{name}.tsv"], SETS[name])) >= 300
