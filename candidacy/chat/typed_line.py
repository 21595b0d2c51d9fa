"""What a line typed at the terminal means."""

from collections.abc import Sequence
from dataclasses import dataclass

from candidacy.chat.conversation import Button

QUIT = "/quit"


@dataclass(frozen=True)
class Say:
    """The line is a text for the assistant."""

    text: str


@dataclass(frozen=True)
class Press:
    """The line is the number of a choice."""

    button: Button


@dataclass(frozen=True)
class Quit:
    """The line ends the conversation."""


def interpret(line: str, buttons: Sequence[Button]) -> Say | Press | Quit | None:
    """What a typed line means, with these choices open; None for an empty one.

    The number of a choice presses it. In quotes, or after a space, a number is a text like any other.
    """
    text = line.strip()
    if not text:
        return None
    if text == QUIT:
        return Quit()
    bare = line.rstrip()
    if bare.isascii() and bare.isdecimal() and 1 <= int(bare) <= len(buttons):
        return Press(buttons[int(bare) - 1])
    if len(text) > 2 and text[0] == text[-1] == '"' and text[1:-1].isdecimal():
        return Say(text[1:-1])
    return Say(text)
