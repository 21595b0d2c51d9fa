"""The largest few of each group of numbers, for groups that lie side by side in a long row.

To sort or partition each group would touch every number many times. Here each is touched once: the numbers are cut
into blocks, and only blocks whose maximum is among the largest of their group are looked into.
"""

from typing import Any

import numpy as np

_BLOCK = 16


class LargestOfGroups:
    """Finds the mean of the largest numbers of each group.

    Args:
        sizes: How many numbers each group has, at least one, in the order in which the groups lie.
        count: How many of each group count; of a group that has fewer, all do.
    """

    def __init__(self, sizes: Any, *, count: int) -> None:
        self._sizes = np.asarray(sizes)
        self._count = count
        starts = np.cumsum(self._sizes) - self._sizes
        blocks = [np.arange(start, start + size, _BLOCK) for start, size in zip(starts, self._sizes, strict=True)]
        self._blocks = np.concatenate(blocks)
        self._block_ends = np.append(self._blocks[1:], self._sizes.sum())
        self._block_counts = np.array([len(of_group) for of_group in blocks])
        self._first_blocks = np.cumsum(self._block_counts) - self._block_counts
        self._block_groups = np.repeat(np.arange(len(blocks)), self._block_counts)

    def means(self, numbers: Any) -> Any:
        """The means, of shape (rows, groups), for numbers of shape (rows, sum of the sizes)."""
        values, groups = self._large(numbers)
        order = np.lexsort((-values, groups))
        values, groups = values[order], groups[order]
        rank = np.arange(len(groups)) - np.searchsorted(groups, groups)
        counts = rank < self._count
        sums = np.bincount(groups[counts], weights=values[counts], minlength=len(numbers) * len(self._sizes))
        means = sums.reshape(len(numbers), -1) / np.minimum(self._sizes, self._count)
        return means.astype(np.float32)

    def _large(self, numbers: Any) -> tuple[Any, Any]:
        """All that may be among the largest, and the group of each, counted on from row to row."""
        maxima = np.maximum.reduceat(numbers, self._blocks, axis=1)
        bounds = self._bounds(maxima)
        rows, blocks = np.nonzero(maxima >= bounds[:, self._block_groups])
        places = self._blocks[blocks, None] + np.arange(_BLOCK)
        values = numbers[rows[:, None], np.minimum(places, numbers.shape[1] - 1)]
        groups = self._block_groups[blocks]
        large = (places < self._block_ends[blocks, None]) & (values >= bounds[rows, groups][:, None])
        return values[large], np.broadcast_to((rows * len(self._sizes) + groups)[:, None], large.shape)[large]

    def _bounds(self, maxima: Any) -> Any:
        """For each group a number that at least `count` of it reach; minus infinity where it has fewer blocks."""
        left = maxima.copy()
        for _ in range(self._count - 1):
            largest = np.maximum.reduceat(left, self._first_blocks, axis=1)
            left[left == largest[:, self._block_groups]] = -np.inf
        return np.maximum.reduceat(left, self._first_blocks, axis=1)
