"""Clean text, clauses and blanks."""

import pytest

from candidacy.language.text import is_blank, normalise, split_clauses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can\u2019t feel \u201cit\u201d", 'I can\'t feel "it"'),
        ("no\u200b fracture\ufeff", "no fracture"),
        ("  two   spaces\tand a tab ", "two spaces and a tab"),
        ("one\r\n\r\n two", "one\ntwo"),
        ("\uff34\uff28\uff29\uff33", "THIS"),
        ("L4\u2011L5", "L4-L5"),
        ("bell\x07 rings", "bell rings"),
        ("", ""),
    ],
)
def test_characters_get_one_spelling(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("how long in hospital and will I need PT?", ["how long in hospital", "will I need PT?"]),
        ("how long is the stay & will I need PT?", ["how long is the stay", "will I need PT?"]),
        ("No fracture but they did a laminectomy", ["No fracture", "they did a laminectomy"]),
        ("i have stenosis can it be fixed", ["i have stenosis", "can it be fixed"]),
        ("no wait, I did break L1", ["no wait", "I did break L1"]),
        ("no I have one", ["no", "I have one"]),
        ("my mother has it and I have scoliosis", ["my mother has it", "I have scoliosis"]),
        ("no fractures, arthritis, or surgeries", ["no fractures, arthritis, or surgeries"]),
        ("Dr. Lee said so. I agree", ["Dr. Lee said so.", "I agree"]),
        ("what is fusion and how long does it take", ["what is fusion", "how long does it take"]),
        ("what can I do", ["what can I do"]),
        ("I don't know what is wrong", ["I don't know what is wrong"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("I broke it \u2014 years ago", ["I broke it", "years ago"]),
        ("ok. \U0001f44d", ["ok."]),
        ("", []),
        ("?", []),
    ],
)
def test_a_message_is_cut_into_its_clauses(text: str, clauses: list[str]) -> None:
    assert split_clauses(text) == clauses


@pytest.mark.parametrize("text", ["", " ", "?", "...", "\U0001f44d", "\u200b", "\n", "!!! ??"])
def test_nothing_to_read_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["no", "5", "\u75bc", "ok \U0001f44d"])
def test_a_letter_or_digit_is_something_to_read(text: str) -> None:
    assert not is_blank(text)
