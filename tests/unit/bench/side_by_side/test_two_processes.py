"""What the processor's time allows."""

import pytest

from bench.side_by_side.two_processes import TurnCost, cost_note


@pytest.mark.parametrize(("others", "gain"), [(0.0, 2.0), (0.01, 1.0), (0.0025, 1.6)])
def test_what_else_runs_leaves_less_to_a_second_process(others: float, gain: float) -> None:
    assert TurnCost(assistant=0.01, others=others).most_gain(2) == pytest.approx(gain)


def test_the_note() -> None:
    note = cost_note(TurnCost(assistant=0.02, others=0.01), cores=2)
    assert "20.0 ms of the processor in the assistant and 10.0 ms in everything else" in note
    assert "at most 1.33 times" in note
