"""Spelling is folded for the rules, and real words are left alone."""

from pathlib import Path

import pytest

from candidacy.language.rule_files import RuleError
from candidacy.language.spelling import Spelling, shorthand


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("I CAN\u2019T", "i cant"),
        ("I can not", "i cant"),
        ("x-ray of L-4", "x ray of l4"),
        ("L4-L5", "l4-l5"),
        ("nooooo", "no"),
        ("idk", "i dont know"),
        ("laminectomie", "laminectomy"),
        ("steonsis", "stenosis"),
        ("spondylolistesis", "spondylolisthesis"),
        ("degenrative", "degenerative"),
        ("numbnes", "numbness"),
        ("blader", "bladder"),
        ("adi\u00f3s", "adios"),
    ],
)
def test_misspellings_are_folded(spelling: Spelling, written: str, folded: str) -> None:
    assert spelling.fold(written) == folded


@pytest.mark.parametrize("word", ["impression", "depression", "spiral", "number", "ladder", "surgical", "weakly"])
def test_real_words_stay(spelling: Spelling, word: str) -> None:
    assert spelling.fold(word) == word


def test_a_file_without_replacements_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spelling.yml"
    path.write_text("close: [stenosis]\nkeep: [stent]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="replace"):
        Spelling(path)


def test_shorthand_is_single_words(tmp_path: Path) -> None:
    path = tmp_path / "spelling.yml"
    path.write_text('replace: {u: you, "can not": cant, b4: before}\n', encoding="utf-8")
    assert shorthand(path) == {"u": "you"}
