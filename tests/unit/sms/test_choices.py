"""Buttons as a numbered list."""

from pathlib import Path

import pytest

from candidacy.assistant.reply import Button
from candidacy.language.rule_files import RuleError
from candidacy.sms.choices import chosen, load_choice_words, numbered, offered
from candidacy.sms.keywords import load_keywords

WORDS = load_choice_words()
TITLES = ("Yes, that is right", "Change an answer", "Not sure")


@pytest.mark.parametrize(
    "text",
    [
        "2",
        " 2 ",
        "2.",
        "2)",
        "(2)",
        "#2",
        "# 2",
        "[2]",
        "2!",
        "two",
        "Two.",
        "TWO",
        "number 2",
        "Number two please",
        "option 2",
        "the second one",
        "2nd",
        "I pick 2",
        "dos",
        "la segunda",
        "opción 2",
        "2\ufe0f\u20e3",
        "\uff12",
        "Change an answer",
        "change an answer!",
        "2. Change an answer",
        "2 change an answer",
    ],
)
def test_the_second_choice(text: str) -> None:
    assert chosen(text, TITLES, WORDS) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "4",
        "22",
        "2019",
        "-2",
        "2.5",
        "2:30",
        "2/3",
        "1 and 2",
        "2 or 3",
        "2 years ago",
        "I had two surgeries",
        "yes",
        "not sure about that",
        "1 Change an answer",
        "change",
        "the",
    ],
)
def test_free_text(text: str) -> None:
    assert chosen(text, TITLES, WORDS) is None


def test_a_list_of_a_question_that_is_gone_chooses_nothing() -> None:
    assert chosen("2", (), WORDS) is None


@pytest.mark.parametrize("place", range(9))
def test_every_number_has_its_words(place: int) -> None:
    titles = [f"Title {letter}" for letter in "abcdefghi"]
    said = [word for word, number in WORDS.numbers.items() if number == place + 1]
    assert len(said) >= 2
    assert {chosen(word, titles, WORDS) for word in (*said, str(place + 1))} == {place}


def test_numbered() -> None:
    assert numbered("Is that right?", ("Yes", "No"), invitation="Reply with a number:") == (
        "Is that right?\n\nReply with a number:\n1. Yes\n2. No"
    )
    assert numbered("Thank you.", (), invitation="Reply with a number:") == "Thank you."


def test_no_command_word_is_offered() -> None:
    buttons = [Button(title=title, payload=f"/{title}") for title in ("Yes", "Stop", "Cancel", "Help", "No")]
    assert [button.title for button in offered(buttons, load_keywords())] == ["Yes", "No"]


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    file = tmp_path / "choices.yml"
    file.write_text("numbers: [one]\naround: [the]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="numbers"):
        load_choice_words(file)
