"""What the kill test tells in the end."""

from bench.kills import Outcome, Plan, report
from tests.support.crowd import Visit

PLAN = Plan(conversations=2, pause_seconds=5, machines=2, assistants=2, kills=(15, 30, 45))


def test_the_report_tells_what_came_of_it() -> None:
    visits = [Visit(sent=["m1", "m2"], apologies=1, moves=3), Visit(sent=["m1"], moves=1)]
    told = report(PLAN, Outcome(visits, [], 61.7, {"TimeoutError": 1}, 70))
    assert "2 of 2 came to their end, in 62 s" in told
    assert "3 of visitors" in told
    assert "1 x TimeoutError" in told
    assert told.splitlines()[-1].split() == ["faults", "0"]


def test_every_fault_has_its_line() -> None:
    visits = [Visit(), Visit(broken_off="no reply")]
    told = report(PLAN, Outcome(visits, ["a: broken off: no reply", "b: not so"], 9, {}, 70))
    assert "1 of 2 came to their end" in told
    assert told.splitlines()[-2:] == ["a: broken off: no reply", "b: not so"]
