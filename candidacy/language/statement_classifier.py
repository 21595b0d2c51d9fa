"""Learns what a message says to a question of the screening: the second opinion beside the written rules."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from scipy.special import expit

from candidacy.language.concepts import SCREENING_CONCEPTS
from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.linear_scores import LinearScores
from candidacy.language.reading import Reading
from candidacy.language.statement_examples import NOTHING, VALUES, StatementExample
from candidacy.language.subjects import SELF

_FILE = "statements_{kind}.npz"
_KINDS = ("asked", "volunteered")
_STATED = VALUES[:3]
_READ_WEIGHT = 2.0
"""How much larger than an n-gram's what the rules read is, so that it is not regularised away."""

Opinion = Mapping[str, float]
"""The probability of each of the values, ``-`` (nothing said) among them."""
Opinions = Mapping[str, Opinion]
"""An opinion by concept."""


class StatementClassifier:
    """Linear models over the message and over what the written rules read in it.

    All three questions are learnt from together, since a yes to one is worded like a yes to another, and each has
    weights of its own beside those (Daumé 2007, Proceedings of ACL, 256-263).

    Args:
        regularisation: Inverse strength of the models' regularisation.
    """

    def __init__(self, *, regularisation: float = 10.0) -> None:
        self._regularisation = regularisation
        self._messages: dict[str, LinearScores] = {}
        self._readings: dict[str, LinearScores] = {}

    def fit(self, texts: EncodedTexts, readings: Sequence[Reading], examples: Sequence[StatementExample]) -> None:
        """Learn from examples: their texts encoded, and what the rules read in them.

        Those written for somebody else are left out, and another person's history says nothing of one's own.
        """
        rows = [row for row, reading in enumerate(readings) if not reading.for_another]
        pairs = [(row, concept) for row in rows for concept in SCREENING_CONCEPTS]
        for kind in _KINDS:
            chosen = [(row, concept) for row, concept in pairs if (examples[row].asked == concept) == (kind == "asked")]
            self._fit_kind(
                kind,
                texts.features[[row for row, _ in chosen]],
                np.stack([_read(readings[row], concept) for row, concept in chosen]),
                [concept for _, concept in chosen],
                [_own_value(examples[row], concept) for row, concept in chosen],
            )

    def _fit_kind(self, kind: str, features: Any, read: Any, concepts: Sequence[str], labels: Sequence[str]) -> None:
        from sklearn.linear_model import LogisticRegression

        of_concept = [diags(np.array(concepts) == concept, dtype=np.float32) for concept in SCREENING_CONCEPTS]
        joined = hstack([features, *(rows @ features for rows in of_concept), csr_matrix(read)], format="csr")
        model = LogisticRegression(C=self._regularisation, solver="liblinear", random_state=0).fit(joined, labels)
        order = [list(model.classes_).index(value) for value in VALUES]
        weights, size = model.coef_[order].T, features.shape[1]
        shared = weights[:size]
        own = [weights[size * (place + 1) : size * (place + 2)] for place in range(len(SCREENING_CONCEPTS))]
        self._messages[kind] = LinearScores(
            np.concatenate([shared + part for part in own], axis=1),
            np.tile(model.intercept_[order], len(SCREENING_CONCEPTS)),
        )
        self._readings[kind] = LinearScores(weights[size * (len(SCREENING_CONCEPTS) + 1) :], np.zeros(len(VALUES)))

    def opinions(self, message: EncodedTexts, readings: Mapping[str | None, Reading]) -> dict[str | None, Opinions]:
        """What a message says to each concept, by the question put (None when there was none).

        Args:
            message: The message, the first of the texts.
            readings: What the rules read, by the question put.
        """
        whole = message.features[0]
        scores = {kind: self._messages[kind].scores(whole).reshape(len(SCREENING_CONCEPTS), -1) for kind in _KINDS}
        return {
            asked: {
                concept: self._opinion(scores, reading, concept, "asked" if concept == asked else "volunteered")
                for concept in SCREENING_CONCEPTS
            }
            for asked, reading in readings.items()
        }

    def _opinion(self, scores: Mapping[str, Any], reading: Reading, concept: str, kind: str) -> Opinion:
        of_message = scores[kind][SCREENING_CONCEPTS.index(concept)]
        likely = expit(of_message + self._readings[kind].scores(_read(reading, concept)))
        return dict(zip(VALUES, (likely / likely.sum()).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        for kind in _KINDS:
            self._messages[kind].save(folder / _FILE.format(kind=kind))
            self._readings[kind].save(folder / _FILE.format(kind=f"{kind}_read"))

    @classmethod
    def load(cls, folder: Path) -> "StatementClassifier":
        """Read what was learnt from a folder; raises FileNotFoundError."""
        classifier = cls()
        for kind in _KINDS:
            classifier._messages[kind] = LinearScores.load(folder / _FILE.format(kind=kind))
            classifier._readings[kind] = LinearScores.load(folder / _FILE.format(kind=f"{kind}_read"))
        return classifier


def _own_value(example: StatementExample, concept: str) -> str:
    return example.values[concept] if example.subject == SELF else NOTHING


def _read(reading: Reading, concept: str) -> Any:
    """What the rules read of a concept, as numbers."""
    of_concept = [finding for finding in reading.findings if finding.concept == concept]
    own = {finding.value for finding in of_concept if finding.subject == SELF}
    others = {finding.value for finding in of_concept if finding.subject != SELF}
    marks = [
        *(value in own for value in _STATED),
        *(value in others for value in _STATED),
        *(reading.answer == value for value in _STATED),
        concept in reading.unclear,
        reading.bearing,
        not of_concept and reading.answer is None,
    ]
    return _READ_WEIGHT * np.array(marks, dtype=np.float32)
