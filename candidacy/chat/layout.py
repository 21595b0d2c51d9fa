"""How a message looks at the terminal."""

import textwrap
import unicodedata

from candidacy.chat.conversation import Message

_SPEAKERS = {"assistant": "Assistant", "staff": "Clinic", "system": "Note"}


def lay_out(message: Message, *, width: int) -> str:
    """A message as lines of at most this width: who says it, the text, the choices with their numbers."""
    name = _SPEAKERS.get(message.author, message.author)
    first, rest = f"{name}: ", " " * (len(name) + 2)
    lines: list[str] = []
    for paragraph in harmless(message.text).splitlines() or [""]:
        start = rest if lines else first
        wrapped = textwrap.wrap(paragraph, width, initial_indent=start, subsequent_indent=rest, break_on_hyphens=False)
        lines.extend(wrapped or [start.rstrip()])
    lines.extend(f"{rest}[{number}] {harmless(button.title)}" for number, button in enumerate(message.buttons, 1))
    return "\n".join(lines)


def harmless(text: str) -> str:
    """The text without control characters but line breaks, which a terminal might obey."""
    return "".join(c for c in text if c == "\n" or not unicodedata.category(c).startswith("C"))
