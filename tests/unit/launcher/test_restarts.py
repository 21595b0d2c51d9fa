"""A process that dies is started again after a while; one that never was ready is given up in the end."""

import pytest

from candidacy.launcher.restarts import deaths_in_a_row, restart_delay


@pytest.mark.parametrize(
    ("deaths", "was_ready", "delay"),
    [
        (1, False, 0.5),
        (2, False, 1.0),
        (3, False, None),
        (4, False, None),
        (1, True, 0.5),
        (2, True, 1.0),
        (3, True, 2.0),
        (7, True, 30.0),
        (5000, True, 30.0),
    ],
)
def test_the_delay_doubles_and_ends(deaths: int, was_ready: bool, delay: float | None) -> None:
    assert restart_delay(deaths=deaths, was_ready=was_ready) == delay


@pytest.mark.parametrize(
    ("before", "ran_seconds", "was_ready", "deaths"),
    [
        (0, 0.1, False, 1),
        (2, 0.1, True, 3),
        (2, 59.9, True, 3),
        (2, 60.0, True, 1),
        (2, 300.0, False, 3),
    ],
)
def test_earlier_deaths_are_forgotten_after_a_steady_minute(
    before: int, ran_seconds: float, was_ready: bool, deaths: int
) -> None:
    assert deaths_in_a_row(before=before, ran_seconds=ran_seconds, was_ready=was_ready) == deaths
