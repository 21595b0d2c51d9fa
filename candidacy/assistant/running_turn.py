"""The turn that Rasa is running now: what it has said, how much time is left, and whether it failed.

A turn is a transaction. The bridge opens it with the dialogue state that it goes on from, the action endpoint and the
output channel report to it, and the state it leaves is given to the front desk only when it is whole.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from candidacy.assistant.reply import Reply


@dataclass
class RunningTurn:
    """One message on its way through Rasa."""

    conversation_id: str
    turn_id: str
    deadline: float
    """Point of the monotonic clock, in seconds, after which no result is kept."""
    replies: list[Reply] = field(default_factory=list)
    failure: str | None = None
    """Why the turn cannot be kept; never holds anything that a visitor wrote."""
    begins_with: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    """The events of the dialogue state that it goes on from; none in a new conversation."""
    ends_with: Sequence[Mapping[str, Any]] | None = field(default=None, repr=False)
    """The events of the dialogue state that it leaves; None until it is whole."""

    @property
    def remaining_seconds(self) -> float:
        """Time left before the deadline; negative after it."""
        return self.deadline - time.monotonic()

    def fail(self, reason: str) -> None:
        """Note the first reason why this turn cannot be kept."""
        self.failure = self.failure or reason

    def problem(self) -> str | None:
        """Why the turn may not be kept, or None when it may."""
        if self.failure is not None:
            return self.failure
        if self.remaining_seconds < 0:
            return "the turn took too long"
        if not self.replies:
            return "the turn said nothing"
        return None


_current: ContextVar[RunningTurn | None] = ContextVar("running_turn", default=None)


def current_turn() -> RunningTurn | None:
    """The turn of this task, or None outside the bridge (as in `rasa shell`)."""
    return _current.get()


@contextmanager
def running(turn: RunningTurn) -> Iterator[RunningTurn]:
    """Make a turn the current one of this task."""
    token = _current.set(turn)
    try:
        yield turn
    finally:
        _current.reset(token)
