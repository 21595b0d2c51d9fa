"""What is known of a row once the assistant has answered it: the exchange, the row out and its marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from candidacy.assistant.reply import Reply

RIGHT = "right"
FAILED = "failed"
"""The turn failed, where no other score says so; it counts as wrong."""


@dataclass(frozen=True)
class Exchange:
    """One message and what the assistant did with it."""

    replies: tuple[Reply, ...] = ()
    understanding: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    """The slots before the message."""
    after: Mapping[str, Any] = field(default_factory=dict)
    """The slots after it."""
    seconds: float = 0.0
    failure: str | None = None
    """Why the turn, or one that led to it, gave no answer."""

    @property
    def texts(self) -> list[str]:
        """The replies' words."""
        return [reply.text for reply in self.replies]

    @property
    def kinds(self) -> list[str]:
        """The replies' kinds."""
        return [reply.kind for reply in self.replies]


@dataclass(frozen=True)
class Mark:
    """One thing that was scored: a row, or one of its values."""

    score: str
    expected: str
    """The class it is counted in."""
    given: str
    """The class that the assistant's answer falls in."""
    groups: Mapping[str, str]
    """In which line it is counted, by the table."""


@dataclass(frozen=True)
class Scored:
    """A row out, as it is written, and what is counted of it."""

    row: Mapping[str, Any]
    marks: tuple[Mark, ...]
