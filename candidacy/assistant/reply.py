"""What the assistant says: a message with its kind, topic, facts and buttons."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = (
    "answer",
    "not_covered",
    "clinician",
    "emergency",
    "crisis",
    "urgent",
    "question",
    "confirm",
    "summary",
    "handoff",
    "smalltalk",
    "off_topic",
    "clarify",
    "fallback",
    "notice",
)
"""The kinds a message can be; the console, the analytics and the evaluation read them."""


@dataclass(frozen=True)
class Button:
    """A choice offered to the visitor; the payload never leaves the server."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message of the assistant."""

    text: str
    kind: str
    topic: str | None = None
    facts: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The reply as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Reply":
        """Read a reply from plain JSON values; raises KeyError or ValueError when it is not one."""
        if data["kind"] not in KINDS:
            raise ValueError(f"unknown kind of reply: {data['kind']!r}")
        return cls(
            text=data["text"],
            kind=data["kind"],
            topic=data.get("topic"),
            facts=tuple(data.get("facts") or ()),
            buttons=tuple(Button(title=b["title"], payload=b["payload"]) for b in data.get("buttons") or ()),
        )
