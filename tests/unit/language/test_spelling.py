"""Spelling is folded for the rules, and real words are left alone."""

from pathlib import Path

import pytest

from candidacy.language.rule_files import RuleError
from candidacy.language.spelling import Spelling, edits


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


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("same", "same", 0),
        ("stenosis", "steonsis", 1),
        ("stenosis", "stenosi", 1),
        ("stenosis", "stennosis", 1),
        ("stenosis", "sternum", 3),
        ("a", "abcdef", 3),
    ],
)
def test_edits_are_counted_up_to_a_limit(first: str, second: str, distance: int) -> None:
    assert edits(first, second, most=2) == distance


def test_a_file_without_replacements_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spelling.yml"
    path.write_text("close: [stenosis]\nkeep: [stent]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="replace"):
        Spelling(path)
