"""Learns which topic a text asks about: a linear model and the nearest examples together."""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.special import softmax

from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.linear_scores import LinearScores
from candidacy.language.nearest_examples import NearestExamples
from candidacy.language.text_features import prepared

NEIGHBOURS = 3

_TWO = 2
_WEIGHTS_FILE = "topics.npz"
_OPTIONS_FILE = "topics.json"
_EXAMPLES_FILE = "topic_examples.json"


class Ranked(NamedTuple):
    """A label and how likely it is, from 0 to 1."""

    name: str
    confidence: float


class TopicClassifier:
    """Ranks labels; deterministic.

    A text that is a training example but for case and punctuation gets that example's label for certain, so that
    "ok", "why?" and "stop" do not depend on their neighbours.

    Args:
        regularisation: Inverse strength of the linear model's regularisation.
        similarity_weight: How much a label's similarity (-1 to 1) counts beside its margin in the linear model.
        sharpness: What the sum is multiplied by before it becomes a probability.
    """

    def __init__(self, *, regularisation: float = 1.0, similarity_weight: float = 2.0, sharpness: float = 4.0) -> None:
        self._similarity_weight = similarity_weight
        self._sharpness = sharpness
        self._regularisation = regularisation
        self._labels: tuple[str, ...] = ()
        self._linear: LinearScores | None = None
        self._nearest: NearestExamples | None = None
        self._examples: dict[str, str] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels it can give, in alphabetical order; none before it is fitted."""
        return self._labels

    def fit(self, texts: EncodedTexts, labels: Sequence[str]) -> None:
        """Learn from labelled texts.

        Raises:
            ValueError: there are not as many labels as texts, or fewer than two different labels.
        """
        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts but {len(labels)} labels")
        if len(set(labels)) < 2:
            raise ValueError("a classifier needs examples of at least two labels")
        from sklearn.svm import LinearSVC

        self._labels = tuple(sorted(set(labels)))
        positions = np.searchsorted(self._labels, labels)
        model = LinearSVC(C=self._regularisation, random_state=0).fit(texts.features, positions)
        self._linear = LinearScores.of([model])
        self._nearest = NearestExamples.of(texts.vectors, positions, neighbours=NEIGHBOURS)
        self._examples = {_words(text): label for text, label in zip(texts.texts, labels, strict=True)}

    def rank_all(self, texts: EncodedTexts) -> list[list[Ranked]]:
        """All labels for each text, most likely first; raises RuntimeError before it is fitted."""
        if self._linear is None or self._nearest is None:
            raise RuntimeError("the topic classifier is not trained")
        margins = self._linear.scores(texts.features)
        if len(self._labels) == _TWO:
            margins = np.concatenate([-margins, margins], axis=1)
        summed = margins + self._similarity_weight * self._nearest.similarities(texts.vectors)
        probabilities = softmax(self._sharpness * summed, axis=1)
        return [self._ranked(text, row) for text, row in zip(texts.texts, probabilities, strict=True)]

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        if self._linear is None or self._nearest is None:
            raise RuntimeError("the topic classifier is not trained")
        self._nearest.save(folder)
        self._linear.save(folder / _WEIGHTS_FILE)
        options = {
            "labels": self._labels,
            "similarity_weight": self._similarity_weight,
            "sharpness": self._sharpness,
        }
        (folder / _OPTIONS_FILE).write_text(json.dumps(options), encoding="utf-8")
        (folder / _EXAMPLES_FILE).write_text(json.dumps(self._examples, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "TopicClassifier":
        """Read what was learnt from a folder; raises FileNotFoundError."""
        options = json.loads((folder / _OPTIONS_FILE).read_text(encoding="utf-8"))
        labels = options.pop("labels")
        classifier = cls(**options)
        classifier._labels = tuple(labels)
        classifier._nearest = NearestExamples.load(folder)
        classifier._linear = LinearScores.load(folder / _WEIGHTS_FILE)
        classifier._examples = json.loads((folder / _EXAMPLES_FILE).read_text(encoding="utf-8"))
        return classifier

    def _ranked(self, text: str, probabilities: Iterable[Any]) -> list[Ranked]:
        known = self._examples.get(_words(text))
        if known is not None:
            probabilities = [float(label == known) for label in self._labels]
        ranking = [Ranked(label, float(value)) for label, value in zip(self._labels, probabilities, strict=True)]
        return sorted(ranking, key=lambda ranked: -ranked.confidence)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", prepared(text)))
