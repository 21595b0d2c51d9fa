"""A turn is kept only when it is whole, in time, and said something."""

import time

import pytest

from candidacy.assistant.reply import Reply
from candidacy.assistant.running_turn import RunningTurn, current_turn, running

HELLO = Reply(text="Hello", kind="smalltalk")


def turn_of(*, seconds: float = 3600, replies: list[Reply] | None = None, failure: str | None = None) -> RunningTurn:
    return RunningTurn("c", "1", time.monotonic() + seconds, replies if replies is not None else [HELLO], failure)


@pytest.mark.parametrize(
    ("turn", "problem"),
    [
        (turn_of(), None),
        (turn_of(replies=[]), "the turn said nothing"),
        (turn_of(seconds=-1), "the turn took too long"),
        (turn_of(failure="custom action: status 500"), "custom action: status 500"),
    ],
)
def test_problem(turn: RunningTurn, problem: str | None) -> None:
    assert turn.problem() == problem


def test_the_first_failure_counts() -> None:
    turn = turn_of()
    turn.fail("first")
    turn.fail("second")
    assert turn.failure == "first"


def test_the_current_turn_ends_with_its_task() -> None:
    assert current_turn() is None
    with running(turn_of()) as turn:
        assert current_turn() is turn
    assert current_turn() is None
