"""A text is as near to a class as the nearest of its examples."""

from pathlib import Path

import numpy as np
import pytest

from candidacy.language.nearest_examples import NearestExamples

EXAMPLES = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
CLASSES = [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("neighbours", "text", "similarities"),
    [(1, [2, 0], [0, 1]), (2, [2, 0], [-0.5, 0.8]), (1, [0, 1], [1, 0.8]), (5, [1, 0], [-0.5, 0.8])],
)
def test_the_nearest_examples_of_each_class_count(
    neighbours: int, text: list[float], similarities: list[float]
) -> None:
    nearest = NearestExamples.of(EXAMPLES, CLASSES, neighbours=neighbours)
    assert nearest.similarities(np.array([text]))[0] == pytest.approx(similarities, abs=0.01)


@pytest.mark.parametrize("neighbours", [1, 3, 4])
def test_equally_near_examples_count_each(neighbours: int) -> None:
    """The plain way to say it: sort each class, and take the mean of the last few."""
    drawn = np.random.default_rng(0)
    examples = np.repeat(drawn.normal(size=(12, 4)), 2, axis=0)
    classes = np.sort(drawn.integers(0, 5, size=len(examples)))
    classes[:5] = range(5)
    nearest = NearestExamples.of(examples, classes, neighbours=neighbours)
    texts = drawn.normal(size=(3, 4))
    unit = [vectors / np.linalg.norm(vectors, axis=1, keepdims=True) for vectors in (texts, examples)]
    cosine = unit[0] @ unit[1].T
    expected = [[np.sort(row[classes == of_class])[-neighbours:].mean() for of_class in range(5)] for row in cosine]
    assert nearest.similarities(texts) == pytest.approx(np.array(expected), abs=0.02)


def test_they_are_the_same_after_saving_and_loading(tmp_path: Path) -> None:
    nearest = NearestExamples.of(EXAMPLES, CLASSES, neighbours=1)
    nearest.save(tmp_path)
    texts = np.array([[0.3, 0.7]])
    assert NearestExamples.load(tmp_path).similarities(texts) == pytest.approx(nearest.similarities(texts), abs=1e-3)
