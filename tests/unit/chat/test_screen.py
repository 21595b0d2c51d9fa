"""The screen shows each message once, knows the open choices, and keeps a transcript."""

from pathlib import Path

import pytest

from candidacy.chat.conversation import Button, Message
from candidacy.chat.screen import Screen

YES = Button("2-1", "Yes")
HELLO = Message(1, "assistant", "Hello.", ())
QUESTION = Message(2, "assistant", "Have you?", (YES,))
ANSWER = Message(3, "visitor", "no", ())
THANKS = Message(4, "assistant", "Thanks.", ())


def test_a_message_is_shown_once_whoever_brings_it(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(interactive=False)
    screen.show([HELLO])
    screen.show([HELLO, THANKS])
    screen.show([])
    assert capsys.readouterr().out == "Assistant: Hello.\nAssistant: Thanks.\n"
    assert screen.position == 4


def test_choices_are_open_until_the_visitor_says_something() -> None:
    screen = Screen(interactive=False)
    screen.show([HELLO, QUESTION])
    assert screen.buttons == (YES,)
    screen.show([ANSWER, THANKS])
    assert screen.buttons == ()


def test_an_answer_is_something_said_later_by_somebody_else() -> None:
    screen = Screen(interactive=False)
    screen.show([HELLO, QUESTION, ANSWER])
    assert not screen.answered(3)
    screen.show([THANKS])
    assert screen.answered(3)


def test_a_message_goes_above_the_line_being_typed(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(interactive=True)
    with screen.typing():
        screen.show([HELLO])
    assert capsys.readouterr().out == "\r\x1b[KAssistant: Hello.\nYou: "


def test_a_person_is_told_once_how_to_choose(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(interactive=True)
    screen.show([QUESTION])
    screen.show([Message(5, "assistant", "And this?", (YES,))])
    assert capsys.readouterr().out.count("Type the number of a choice") == 1


def test_the_transcript_holds_both_sides(tmp_path: Path) -> None:
    with Screen(transcript=tmp_path / "talk.txt", interactive=True) as screen:
        screen.show([HELLO])
        screen.echo("hi")
        screen.show([Message(2, "visitor", "hi", ()), THANKS])
    assert (tmp_path / "talk.txt").read_text() == "Assistant: Hello.\nYou: hi\nAssistant: Thanks.\n"
