"""The examples of danger are files that a clinician can read."""

import re
from pathlib import Path

import pytest

from candidacy.language.red_flag_examples import RedFlagExample, read_red_flag_examples
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.rule_files import RuleError

LEAST_EXAMPLES = 15


def write(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_the_file_names_the_category(tmp_path: Path) -> None:
    write(tmp_path, "emergency/trauma.txt", "# falls\nfell off the roof\n\n")
    write(tmp_path, "none/denied.txt", "no fall\n")
    write(tmp_path, "spanish/none.txt", "no me he caído\n")
    assert read_red_flag_examples(tmp_path, categories={"trauma"}) == [
        RedFlagExample("fell off the roof", "trauma"),
        RedFlagExample("no fall", "none"),
        RedFlagExample("no me he caído", "none"),
    ]


def test_an_unknown_category_is_refused_by_its_file(tmp_path: Path) -> None:
    write(tmp_path, "emergency/truama.txt", "fell\n")
    with pytest.raises(RuleError, match=r"truama\.txt: 'truama' is no category"):
        read_red_flag_examples(tmp_path, categories={"trauma"})


def test_a_folder_without_examples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="holds no examples"):
        read_red_flag_examples(tmp_path, categories={"trauma"})


def test_ours_are_many_and_each_stands_once(project: Path, rules: RedFlagRules) -> None:
    examples = read_red_flag_examples(project / "data" / "red_flags", categories=rules.levels)
    counts: dict[str, int] = {}
    for example in examples:
        counts[example.category] = counts.get(example.category, 0) + 1
    assert {category: count for category, count in counts.items() if count < LEAST_EXAMPLES} == {}
    words = [" ".join(re.findall(r"\w+", example.text.lower())) or example.text for example in examples]
    assert len(words) == len(set(words))
