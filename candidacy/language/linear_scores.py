"""Scores texts by what linear models learnt: one product for all of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


class LinearScores:
    """Weights of several linear models side by side.

    scikit-learn's own ``decision_function`` copies all weights for each text, which takes ten times as long.

    Args:
        weights: Of shape (features, scores), float32.
        offsets: Of shape (scores,).
    """

    def __init__(self, weights: Any, offsets: Any) -> None:
        self._weights = np.ascontiguousarray(weights, dtype=np.float32)
        self._offsets = np.asarray(offsets, dtype=np.float32)

    @classmethod
    def of(cls, models: Sequence[Any]) -> "LinearScores":
        """The scores of fitted models, in their order; one with two classes gives one score, of the second class."""
        weights = np.concatenate([model.coef_ for model in models]).T
        return cls(weights, np.concatenate([model.intercept_ for model in models]))

    def scores(self, features: Any) -> Any:
        """The scores of texts, of shape (texts, scores), from their sparse features."""
        # Of the same type as the weights, which SciPy would otherwise convert, all of them, for each text.
        return features.astype(np.float32, copy=False) @ self._weights + self._offsets

    def save(self, path: Path) -> None:
        """Write the weights into a file."""
        np.savez(path, weights=self._weights, offsets=self._offsets)

    @classmethod
    def load(cls, path: Path) -> "LinearScores":
        """Read the weights from a file; raises FileNotFoundError."""
        with np.load(path) as saved:
            return cls(saved["weights"], saved["offsets"])
