"""Misspelt words are read as the words that the examples use."""

import pytest

from candidacy.language.misspellings import MisspellingFolder

EXAMPLES = ["what does fusion mean", "will the surgery help", "how long is recovery", "what is anesthesia"] * 8


@pytest.fixture(scope="module")
def folder() -> MisspellingFolder:
    english = {"what", "does", "fusion", "mean", "will", "the", "surgery", "help", "how", "long", "is", "chap", "fix"}
    return MisspellingFolder.learn(EXAMPLES, english=english, shorthand={"u": "you", "hosp": "hospital"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("waht does fusoin mean", "what does fusion mean"),
        ("SURGRY", "surgery"),
        ("anestesia", "anesthesia"),
        ("can u help", "can you help"),
        ("which hosp", "which hospital"),
        ("the chap", "the chap"),
        ("it fixes", "it fixes"),
        ("won't", "won't"),
        ("hlp", "hlp"),
        ("zzzzzz 12 \U0001f44d", "zzzzzz 12 \U0001f44d"),
    ],
)
def test_misspelt_words_are_put_right_and_others_left_alone(folder: MisspellingFolder, written: str, read: str) -> None:
    assert folder.fold(written) == read


def test_what_was_learnt_can_be_written_down(folder: MisspellingFolder) -> None:
    again = MisspellingFolder.from_dict(folder.as_dict(), english={"fix"})
    assert again.fold("waht fusoin") == "what fusion"
