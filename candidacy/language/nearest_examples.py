"""How near a text lies to the nearest examples of each class: the second opinion beside a linear model.

A linear model weighs what a class has in common; a rare way of saying something is better told by the few examples
that resemble it (Cover and Hart 1967, IEEE Transactions on Information Theory 13:21-27).
"""

from pathlib import Path
from typing import Any

import numpy as np

from candidacy.language.largest_of_groups import LargestOfGroups
from candidacy.language.rounded_vectors import RoundedVectors

_PRODUCT_FILE = "nearest_examples.onnx"
_FILE = "nearest_examples.npz"


class NearestExamples:
    """The mean cosine similarity to the few nearest examples of each class.

    Args:
        examples: The examples' vectors, each of length 1, sorted by class.
        classes: The class of each, as its position in the list of classes, in rising order.
        neighbours: How many of the nearest examples of a class count.
    """

    def __init__(self, examples: RoundedVectors, classes: Any, *, neighbours: int) -> None:
        self._examples = examples
        self._classes = np.asarray(classes, dtype=np.int32)
        self._neighbours = neighbours
        self._largest = LargestOfGroups(np.unique(self._classes, return_counts=True)[1], count=neighbours)

    @classmethod
    def of(cls, vectors: Any, classes: Any, *, neighbours: int) -> "NearestExamples":
        """Keep examples by their vectors, of shape (examples, components) and any length, and their classes."""
        order = np.argsort(np.asarray(classes), kind="stable")
        return cls(RoundedVectors.of(_unit(vectors)[order]), np.asarray(classes)[order], neighbours=neighbours)

    def similarities(self, vectors: Any) -> Any:
        """The similarity, from -1 to 1, of each text to each class: an array of shape (texts, classes).

        It is the mean over the nearest examples of the class, or over all of a class that has fewer.
        """
        return self._largest.means(self._examples.products(_unit(vectors)))

    def save(self, folder: Path) -> None:
        """Write the examples into a folder."""
        self._examples.save_product(folder / _PRODUCT_FILE)
        np.savez(folder / _FILE, scales=self._examples.scales, classes=self._classes, neighbours=self._neighbours)

    @classmethod
    def load(cls, folder: Path) -> "NearestExamples":
        """Read the examples from a folder; raises FileNotFoundError."""
        with np.load(folder / _FILE) as saved:
            examples = RoundedVectors(folder / _PRODUCT_FILE, saved["scales"])
            return cls(examples, saved["classes"], neighbours=int(saved["neighbours"]))


def _unit(vectors: Any) -> Any:
    vectors = np.asarray(vectors, dtype=np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
