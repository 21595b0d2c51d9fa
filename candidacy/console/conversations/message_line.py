"""A message as a transcript shows it: the same for a page and for a stream. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from candidacy.console.conversations.delivery_line import FAILED, delivery_words
from candidacy.console.conversations.labels import Labels
from candidacy.console.conversations.understood import Line, understood
from candidacy.records.console.transcript import TranscriptMessage

WEB = "web"


@dataclass(frozen=True)
class MessageLine:
    """What stands in a message; each text is whole, so that a script only has to put it in its place."""

    position: int
    id: int
    author: str
    """Whose it is, for its looks."""
    who: str
    way: str
    """How it came or went, where that is not the website chat."""
    words: str = field(repr=False)
    choices: str
    at: str
    at_written: str
    delivery: str
    undelivered: bool
    more: tuple[Line, ...] = field(repr=False)
    """On demand: what was understood of it, or what it was said with."""


def message_line(message: TranscriptMessage, *, labels: Labels, written: Callable[[datetime], str]) -> MessageLine:
    """The line of a message.

    Args:
        message: the message.
        labels: the words for its values.
        written: how an instant is written.
    """
    return MessageLine(
        position=message.position,
        id=message.id,
        author=message.author,
        who=_who(message, labels),
        way="" if message.channel == WEB else labels("channel", message.channel),
        words=message.text,
        choices=f"Buttons: {', '.join(message.buttons)}" if message.buttons else "",
        at=message.at.isoformat(timespec="seconds"),
        at_written=written(message.at),
        delivery=delivery_words(
            message.delivery_state,
            error=message.delivery_error,
            held_until=message.held_until,
            labels=labels,
            written=written,
        ),
        undelivered=message.delivery_state == FAILED,
        more=understood(message.understanding) if message.author == "visitor" else _said_with(message, labels),
    )


def _who(message: TranscriptMessage, labels: Labels) -> str:
    pressed = ", by a button" if message.pressed else ""
    return (message.staff or labels("author", message.author)) + pressed


def _said_with(message: TranscriptMessage, labels: Labels) -> tuple[Line, ...]:
    lines = (
        ("Kind", (message.kind or "").replace("_", " ")),
        ("Topic", labels.topic(message.topic or "")),
        ("Facts used", ", ".join(message.facts)),
    )
    return tuple((name, value) for name, value in lines if value)
