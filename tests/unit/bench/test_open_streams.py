"""What is made of the reply times."""

import pytest

from bench.open_streams import Plan, Summary, summarize, table


def test_summarize() -> None:
    summary = summarize([number / 100 for number in range(101)])
    assert (summary.replies, summary.median) == (101, 0.5)
    assert summary.p95 == pytest.approx(0.95)


def test_the_table_compares_both() -> None:
    plan = Plan(streams=500, talkers=20, messages=10, pause_seconds=4, rounds=2)
    lines = table(plan, Summary(400, 0.1, 0.2), Summary(400, 0.12, 0.3)).splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["0", "400", "100", "ms", "200", "ms"],
        ["500", "400", "120", "ms", "300", "ms"],
        ["ratio", "1.20", "1.50"],
    ]
