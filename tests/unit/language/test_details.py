"""Levels and times."""

import pytest

from candidacy.language.details import described, details_of


@pytest.mark.parametrize(
    ("folded", "levels", "times"),
    [
        ("i broke l1 in 2019", ("L1",), ("2019",)),
        ("l4-l5 in may 2019", ("L4-L5",), ("May 2019",)),
        ("l4/5", ("L4/5",), ()),
        ("l2 and l3", ("L2 and L3",), ()),
        ("l3 to l5", ("L3-L5",), ()),
        ("two years ago", (), ("two years ago",)),
        ("about 10 years ago", (), ("about 10 years ago",)),
        ("when i was 12", (), ("when i was 12",)),
        ("the first lumbar vertebra", ("first lumbar vertebra",), ()),
        ("last summer", (), ("last summer",)),
        ("in the 90s", (), ("in the 90s",)),
        ("grade 1", (), ()),
        ("im 78 and may have it", (), ()),
    ],
)
def test_details_are_read(folded: str, levels: tuple[str, ...], times: tuple[str, ...]) -> None:
    details = details_of(folded)
    assert (details.levels, details.times) == (levels, times)


def test_details_are_described_once_each() -> None:
    assert described(["L1", "2019", "L1"]) == "L1, 2019"
    assert described([]) is None
