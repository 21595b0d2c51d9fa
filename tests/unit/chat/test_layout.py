"""A message at the terminal: who says it, wrapped, with numbered choices."""

import pytest

from candidacy.chat.conversation import Button, Message
from candidacy.chat.layout import harmless, lay_out


def message(text: str, *, author: str = "assistant", buttons: tuple[str, ...] = ()) -> Message:
    return Message(1, author, text, tuple(Button(f"1-{number}", title) for number, title in enumerate(buttons)))


@pytest.mark.parametrize(("author", "name"), [("assistant", "Assistant"), ("staff", "Clinic"), ("system", "Note")])
def test_it_says_who_speaks(author: str, name: str) -> None:
    assert lay_out(message("Hello.", author=author), width=40) == f"{name}: Hello."


def test_long_texts_are_wrapped_under_their_beginning() -> None:
    assert lay_out(message("Most people stay in the hospital for a few days."), width=40) == (
        "Assistant: Most people stay in the\n"
        "           hospital for a few days."
    )  # fmt: skip


def test_paragraphs_stay_and_a_number_is_not_broken_at_its_hyphen() -> None:
    assert lay_out(message("Call us:\n\n(212) 430-0312"), width=26) == (
        "Assistant: Call us:\n"
        "\n"
        "           (212) 430-0312"
    )  # fmt: skip


def test_choices_are_numbered() -> None:
    assert lay_out(message("Have you?", buttons=("Yes", "No")), width=40) == (
        "Assistant: Have you?\n"
        "           [1] Yes\n"
        "           [2] No"
    )  # fmt: skip


def test_an_empty_text_still_has_its_line() -> None:
    assert lay_out(message(""), width=40) == "Assistant:"


def test_a_message_cannot_command_the_terminal() -> None:
    assert harmless("a\x1b[2Jb\x07\r\x9bc\nd") == "a[2Jbc\nd"
