"""What is taken out of a long conversation's times."""

from bench.side_by_side.script import SCRIPT, messages
from bench.side_by_side.talks import around


def test_around_a_turn_each_message_is_once() -> None:
    half = len(SCRIPT) // 2
    times = [float(turn) for turn in range(1, 421)]
    assert around(times, 400) == 400.0
    assert around(times, 10) == 10.0
    assert len(SCRIPT) == 2 * half + 1


def test_around_an_early_turn_is_the_beginning() -> None:
    assert around([float(turn) for turn in range(1, 50)], 2) == len(SCRIPT) // 2 + 1


def test_the_script_goes_on_from_any_place() -> None:
    spoken = messages(begin=len(SCRIPT) - 1)
    assert [next(spoken), next(spoken)] == [SCRIPT[-1], SCRIPT[0]]
