"""The exact bounds of a share."""

import pytest

from candidacy.evaluation.bounds import clopper_pearson


@pytest.mark.parametrize(
    ("count", "total", "bounds"),
    [
        (0, 10, (0.0, 0.3085)),  # 1 - 0.025 ** (1 / 10)
        (10, 10, (0.6915, 1.0)),
        (5, 10, (0.1871, 0.8129)),  # Clopper and Pearson's own table says 0.187 to 0.813
        (0, 300, (0.0, 0.0122)),
        (0, 0, (0.0, 1.0)),
    ],
)
def test_bounds(count: int, total: int, bounds: tuple[float, float]) -> None:
    assert clopper_pearson(count, total) == pytest.approx(bounds, abs=0.0001)
