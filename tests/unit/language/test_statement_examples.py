"""The examples of statements are files that a clinician can read."""

from pathlib import Path

import pytest

from candidacy.language.rule_files import RuleError
from candidacy.language.statement_examples import StatementExample, read_statement_examples

HEADER = "text\tfracture\tage_related\tstenosis_surgery\tsubject\n"
FILES = ("fracture", "age_related", "stenosis_surgery", "volunteered")


def write(folder: Path, **contents: str) -> Path:
    for name in FILES:
        (folder / f"{name}.tsv").write_text(HEADER + contents.get(name, ""), encoding="utf-8")
    return folder


def test_the_file_names_the_question_that_was_put(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        fracture="L1 and I are old enemies\tyes\t-\t-\tself\n",
        volunteered="mum has worn discs\t-\tyes\t-\tother\n",
    )
    own, mothers = read_statement_examples(folder)
    assert own == StatementExample(
        text="L1 and I are old enemies",
        asked="fracture",
        values={"fracture": "yes", "age_related": "-", "stenosis_surgery": "-"},
        subject="self",
    )
    assert (mothers.asked, mothers.values["age_related"], mothers.subject) == (None, "yes", "other")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("yes\tyes\t-\tself", r"fracture\.tsv, line 2: has 4 columns instead of 5"),
        ("yes\tmaybe\t-\t-\tself", r"line 2: needs a text, yes, no, unknown or - for each concept"),
        ("yes\tyes\t-\t-\tme", r"self or other as its subject"),
        (" \tyes\t-\t-\tself", r"needs a text"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(RuleError, match=reason):
        read_statement_examples(write(tmp_path, fracture=f"{line}\n"))


def test_a_missing_file_or_header_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"fracture\.tsv: cannot be read"):
        read_statement_examples(tmp_path)
    write(tmp_path)
    (tmp_path / "fracture.tsv").write_text("text\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"fracture\.tsv: must begin with the columns text, fracture"):
        read_statement_examples(tmp_path)


def test_every_question_has_examples_of_every_value(project: Path) -> None:
    examples = read_statement_examples(project / "data" / "statements")
    for concept in ("fracture", "age_related", "stenosis_surgery"):
        given = [example.values[concept] for example in examples if example.asked == concept]
        assert all(given.count(value) >= 50 for value in ("yes", "no", "unknown", "-"))
