"""The language of the red flag rules."""

import pytest

from candidacy.language.patterns import PatternCompiler, searchable
from candidacy.language.rule_files import RuleError


def compiler() -> PatternCompiler:
    groups = {"cannot": ["cant", "not able to"], "legs": ["leg/legs", "foot"]}
    return PatternCompiler(groups=groups, fold=str.lower)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("chest pain", "my chest pain", True),
        ("chest pain", "chest , pain", True),
        ("chest pain", "chestpain", False),
        ("numb/dead", "it is dead", True),
        ("numb*", "numbness", True),
        ("numb", "number", False),
        ("{cannot} feel .. {legs}", "i cant feel my left leg", True),
        ("{cannot} feel .. {legs}", "not able to feel both of my legs", True),
        ("{cannot} feel .. {legs}", "cant feel one two three four legs", False),
        ("{cannot} feel ... {legs}", "cant feel one two three four legs", True),
        ("saving up? .. pills", "saving my pills", True),
        ("saving up? .. pills", "saving up my pills", True),
        ("very? weak", "very weak", True),
        ("very? weak", "weak", True),
    ],
)
def test_patterns(pattern: str, text: str, found: bool) -> None:
    assert (compiler().compile([pattern]).search(text) is not None) is found


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(RuleError, match="arms"):
        compiler().compile(["{arms} hurt"])


def test_text_is_words_and_commas_between_single_spaces() -> None:
    assert searchable("numb,  weak... and (tired)?") == "numb , weak and tired"
