"""A turn: a message that is answered now, by the one who holds its conversation's lease."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Taker:
    """Who takes turns: a name that is different for each process, and how long a turn is theirs from its taking on."""

    owner: str
    lease: timedelta
    now: Callable[[], datetime]
    """The present: a transaction may wait before it begins."""


@dataclass(frozen=True)
class Turn:
    """A visitor's message to be answered now; `attempts` counts the claims of it, this one included.

    `state` is who the message is for: where that is a person, it is finished without replies but danger advice.
    `channel` is where the message came from, and its answer goes. `said_after` names responses that follow the answer.
    """

    message_id: int
    conversation_id: str
    channel: str
    state: str
    text: str = field(repr=False)
    payload: str | None = field(repr=False)
    attempts: int
    of_visitor: bool = True
    """Whether the visitor wrote it; else the assistant goes on by itself."""
    said_after: tuple[str, ...] = ()
    dialogue_state: bytes | None = field(default=None, repr=False)
    """What the assistant goes on from, sealed; None in a new conversation."""


def holder(turn: Turn, owner: str) -> str:
    """Who holds a lease: one claim of one message by one owner, so that an owner's late turn is not its next one."""
    return f"{owner}/{turn.message_id}/{turn.attempts}"
