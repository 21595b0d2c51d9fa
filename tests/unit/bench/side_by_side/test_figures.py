"""Medians, ratios and what falls short."""

import pytest

from bench.side_by_side.figures import Runs, Spread, outcome, percentile_95, spread
from bench.side_by_side.rows import ROWS, Row, as_factor


def test_spread() -> None:
    assert spread([3.0, 1.0, 10.0]) == Spread(median=3.0, least=1.0, most=10.0)


def test_percentile_95() -> None:
    assert percentile_95(list(range(101))) == pytest.approx(95)


def test_the_ratio_is_of_the_medians_and_its_spread_of_the_runs() -> None:
    row = Row("a", "a", "ms", ratio_at_most=1 / 4)
    found = outcome(row, Runs(subject=(10, 20, 30), reference=(100, 100, 150)))
    assert found.ratio == Spread(median=0.2, least=0.1, most=0.2)
    assert found.shortfall is None


def test_a_reference_measured_once_serves_every_run() -> None:
    row = Row("a", "a", "s", ratio_at_most=1 / 5)
    found = outcome(row, Runs(subject=(40, 50, 60), reference=(500,)))
    assert found.ratio == Spread(median=0.1, least=0.08, most=0.12)


@pytest.mark.parametrize(
    ("row", "runs", "shortfall"),
    [
        (Row("a", "a", "ms", ratio_at_most=1 / 6), Runs((50,), (100,)), "3.00 times the ratio aimed at"),
        (Row("a", "a", "ms", ratio_at_least=10), Runs((80,), (10,)), "0.80 of the ratio aimed at"),
        (Row("a", "a", "ms", reference=None, at_most=150), Runs((200,)), "50 ms too much"),
        (Row("a", "a", "ms", reference=None, at_most=150), Runs((150,)), None),
        (
            Row("a", "a", "s", ratio_at_most=1 / 4, at_most=15),
            Runs((20,), (40,)),
            "2.00 times the ratio aimed at and 5 s too much",
        ),
    ],
)
def test_what_falls_short(row: Row, runs: Runs, shortfall: str | None) -> None:
    assert outcome(row, runs).shortfall == shortfall


@pytest.mark.parametrize(
    ("ratio", "text"), [(1 / 6, "1/6"), (0.1, "1/10"), (1.15, "1.15 times"), (10, "10 times"), (1, "1 times")]
)
def test_as_factor(ratio: float, text: str) -> None:
    assert as_factor(ratio) == text


def test_every_row_but_one_has_a_target_and_each_a_name_of_its_own() -> None:
    assert [row.key for row in ROWS if not row.target] == ["two_processes_whole"]
    assert len({row.key for row in ROWS}) == len(ROWS)
