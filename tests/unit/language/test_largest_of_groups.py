"""The mean of the largest numbers of each group is what sorting each group says."""

import numpy as np
import pytest

from candidacy.language.largest_of_groups import LargestOfGroups


@pytest.mark.parametrize("count", [1, 3, 4])
@pytest.mark.parametrize("sizes", [[1], [2, 1, 5], [700, 3, 64, 33], [32, 32, 31, 1000]])
@pytest.mark.parametrize("decimals", [1, 8])
def test_it_is_what_sorting_says(sizes: list[int], count: int, decimals: int) -> None:
    """Rounded to one decimal, many numbers are equal."""
    numbers = np.random.default_rng(len(sizes)).normal(size=(3, sum(sizes))).round(decimals).astype(np.float32)
    expected = [[np.sort(group)[-count:].mean() for group in np.split(row, np.cumsum(sizes)[:-1])] for row in numbers]
    assert LargestOfGroups(sizes, count=count).means(numbers) == pytest.approx(np.array(expected), abs=1e-6)
