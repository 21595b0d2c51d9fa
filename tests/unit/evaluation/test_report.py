"""The figures at the terminal."""

from io import StringIO

from rich.console import Console

from candidacy.evaluation.report import print_report
from candidacy.evaluation.scored import Mark
from candidacy.evaluation.sets import SETS

GROUPS = {"class": "emergency", "category": "emergency: a category with a long name", "style": "emergency: sms"}


def printed(marks: list[Mark], seconds: list[float]) -> list[str]:
    file = StringIO()
    print_report(Console(file=file, width=60), SETS["redflags"], marks, seconds, remark="one at a time")
    return [" ".join(line.split()) for line in file.getvalue().splitlines() if line.strip()]


def test_every_score_has_its_count_its_share_and_its_bounds() -> None:
    marks = [Mark("right", "emergency", "emergency", GROUPS)] * 3 + [Mark("missed", "emergency", "none", GROUPS)]
    lines = printed(marks, [0.1, 0.2, 0.3, 1.0])
    assert "right 3 75.0 19.4-99.4" in lines
    assert "missed 1 25.0 0.6-80.6" in lines
    assert "false_alarm 0 0.0 0.0-60.2" in lines
    assert "total 4" in lines
    assert "by category right % 95 % bounds of missed" in lines
    assert "emergency: a category with a long name 3 75.0 19.4-99.4 4 1" in lines
    assert "by style right % 95 % bounds of missed" in lines
    assert lines[-1] == "A turn took 200 ms (median), 1000 ms (95th percentile), one at a time."


def test_nothing_is_said_of_times_when_every_turn_failed() -> None:
    assert not any("A turn took" in line for line in printed([Mark("failed", "none", "failed", GROUPS)], []))
