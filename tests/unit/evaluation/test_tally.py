"""Marks are counted, the worst first."""

import pytest

from candidacy.evaluation.scored import Mark
from candidacy.evaluation.tally import percentile, tally_all, tally_groups


def mark(score: str, group: str) -> Mark:
    return Mark(score, expected="", given="", groups={"class": group})


MARKS = [mark(s, g) for g, scores in {"a": "rr", "b": "rw", "c": "rrww", "d": "w"}.items() for s in scores]
SCORED = [Mark({"r": "right", "w": "wrong"}[m.score], "", "", m.groups) for m in MARKS]


def test_all_together() -> None:
    everything = tally_all(SCORED)
    assert (everything.total, everything.right, dict(everything.counts)) == (9, 5, {"right": 5, "wrong": 4})


def test_the_worst_group_is_first_and_of_equal_ones_the_larger() -> None:
    assert [tally.name for tally in tally_groups(SCORED, "class")] == ["d", "c", "b", "a"]


@pytest.mark.parametrize(("share", "value"), [(0.5, 10.0), (0.95, 19.0), (1.0, 20.0), (0.0, 1.0)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    assert percentile([float(number) for number in range(20, 0, -1)], share) == value


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
