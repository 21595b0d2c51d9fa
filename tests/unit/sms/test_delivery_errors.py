"""Twilio's error codes in plain words."""

from pathlib import Path

import pytest

from candidacy.language.rule_files import RuleError
from candidacy.sms.delivery_errors import OPTED_OUT, explained, load_delivery_errors

ERRORS = load_delivery_errors()


def test_an_opt_out_is_permanent() -> None:
    assert ERRORS[OPTED_OUT].permanent


@pytest.mark.parametrize(
    ("code", "part"), [(21610, "opted out"), (30034, "10DLC"), (12345, "12345"), (None, "could not be reached")]
)
def test_explained(code: int | None, part: str) -> None:
    assert part in explained(code, ERRORS)


@pytest.mark.parametrize("code", ERRORS)
def test_every_meaning_is_a_sentence(code: int) -> None:
    meaning = ERRORS[code].meaning
    assert meaning[0].isupper()
    assert meaning.endswith(".")


@pytest.mark.parametrize("content", ["x: {meaning: a, permanent: true}", "1: {meaning: a}", "1: text", "- 1"])
def test_a_file_that_cannot_be_used_says_why(content: str, tmp_path: Path) -> None:
    file = tmp_path / "errors.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=r"errors\.yml"):
        load_delivery_errors(file)
