"""How near a text lies to the nearest examples of each class: the second opinion beside a linear model.

A linear model weighs what a class has in common; a rare way of saying something is better told by the few examples
that resemble it (Cover and Hart 1967, IEEE Transactions on Information Theory 13:21-27).
"""

from pathlib import Path
from typing import Any

import numpy as np

_FILE = "nearest_examples.npz"


class NearestExamples:
    """The mean cosine similarity to the few nearest examples of each class.

    Args:
        vectors: The examples' reduced vectors, of shape (examples, components).
        classes: The class of each example, as its position in the list of classes.
        neighbours: How many of the nearest examples of a class count.
    """

    def __init__(self, vectors: Any, classes: Any, *, neighbours: int) -> None:
        self._classes = np.asarray(classes, dtype=np.int32)
        self._neighbours = neighbours
        order = np.argsort(self._classes, kind="stable")
        self._classes = self._classes[order]
        self._vectors = _unit(np.asarray(vectors, dtype=np.float32)[order])
        self._starts = np.flatnonzero(np.diff(self._classes, prepend=-1))
        self._sizes = np.diff(self._starts, append=len(self._classes))

    def similarities(self, vectors: Any) -> Any:
        """The similarity, from -1 to 1, of each text to each class: an array of shape (texts, classes)."""
        left = _unit(np.asarray(vectors, dtype=np.float32)) @ self._vectors.T
        found: list[Any] = []
        for _ in range(self._neighbours):
            nearest = np.maximum.reduceat(left, self._starts, axis=1)
            # A class with fewer examples is as near as those that it has.
            found.append(np.where(np.isneginf(nearest), found[-1], nearest) if found else nearest)
            left[left == np.repeat(nearest, self._sizes, axis=1)] = -np.inf
        return np.mean(found, axis=0)

    def save(self, folder: Path) -> None:
        """Write the examples into a folder."""
        np.savez(folder / _FILE, vectors=self._vectors.astype(np.float16), classes=self._classes,
                 neighbours=self._neighbours)  # fmt: skip

    @classmethod
    def load(cls, folder: Path) -> "NearestExamples":
        """Read the examples from a folder; raises FileNotFoundError."""
        with np.load(folder / _FILE) as saved:
            return cls(saved["vectors"], saved["classes"], neighbours=int(saved["neighbours"]))


def _unit(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
