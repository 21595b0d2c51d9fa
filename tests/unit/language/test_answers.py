"""Bare answers."""

from pathlib import Path

import pytest

from candidacy.language.answers import AnswerReader
from candidacy.language.rule_files import RULES, RuleError
from candidacy.language.spelling import Spelling


@pytest.fixture(scope="module")
def answers(spelling: Spelling) -> AnswerReader:
    return AnswerReader(path=RULES / "answers.yml", spelling=spelling)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", "yes"),
        ("yep i did", "yes"),
        ("well yes thank you", "yes"),
        ("nope", "no"),
        ("nah", "no"),
        ("not that i know of", "no"),
        ("i dont think so", "no"),
        ("honestly no", "no"),
        ("dont have one", "no"),
        ("i dont know", "unknown"),
        ("hmm not sure", "unknown"),
        ("maybe", "unknown"),
        ("the doctor mentioned something", "unknown"),
        ("waiting for the scan", "unknown"),
        ("my back hurts", None),
        ("thanks", None),
        ("", None),
    ],
)
def test_a_clause_that_is_nothing_but_an_answer(answers: AnswerReader, text: str, answer: str | None) -> None:
    assert answers.whole(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes in 2019", "yes"),
        ("no, fractures no", "no"),
        ("no fractures here", None),
        ("no insurance", None),
        ("not sure if it counts", "unknown"),
        ("no problem", None),
        ("no wait", None),
        ("i dont know what that means", None),
        ("not sure when", None),
        ("yesterday", None),
        ("nobody", None),
    ],
)
def test_a_clause_that_begins_with_an_answer(answers: AnswerReader, text: str, answer: str | None) -> None:
    assert answers.beginning(text) == answer


def test_a_file_that_lacks_an_answer_is_refused(tmp_path: Path, spelling: Spelling) -> None:
    path = tmp_path / "answers.yml"
    path.write_text('fillers: [well]\nwhole: {"yes": [sure]}\n', encoding="utf-8")
    with pytest.raises(RuleError, match="whole"):
        AnswerReader(path=path, spelling=spelling)
