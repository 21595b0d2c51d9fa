"""A typed line is a text, a choice, the end, or nothing."""

import pytest

from candidacy.chat.conversation import Button
from candidacy.chat.typed_line import Press, Quit, Say, interpret

YES, NO = Button("7-1", "Yes"), Button("7-2", "No")


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("how long in hospital?", Say("how long in hospital?")),
        ("  hello  ", Say("hello")),
        ("", None),
        ("   ", None),
        ("1", Press(YES)),
        ("2", Press(NO)),
        ("2 ", Press(NO)),
        ("3", Say("3")),
        ("0", Say("0")),
        ("-1", Say("-1")),
        ("2019", Say("2019")),
        ("1 2", Say("1 2")),
        (" 2", Say("2")),
        ('"2"', Say("2")),
        ('"yes"', Say('"yes"')),
        ('"', Say('"')),
        ("²", Say("²")),
        ("/quit", Quit()),
        (" /quit ", Quit()),
        ("/restart", Say("/restart")),
    ],
)
def test_with_two_choices_open(line: str, meaning: object) -> None:
    assert interpret(line, [YES, NO]) == meaning


def test_a_number_is_a_text_when_no_choice_is_open() -> None:
    assert interpret("2", []) == Say("2")
