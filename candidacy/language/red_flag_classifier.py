"""Recognises danger by what was learnt from examples: indirect and lay ways of saying it that no rule lists."""

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.linear_scores import LinearScores
from candidacy.language.nearest_examples import NearestExamples
from candidacy.language.red_flag import LEVELS
from candidacy.language.red_flag_examples import NO_DANGER

NEIGHBOURS = 4
SIMILARITY_WEIGHT = 16.0
"""How much a difference of similarity counts beside the linear model's log-odds; chosen on the development set."""

_WEIGHTS_FILE = "red_flags.npz"
_CATEGORIES_FILE = "red_flags.json"


@dataclass(frozen=True)
class Danger:
    """How much a message is like danger.

    Attributes:
        scores: By level, in log-odds: above 0 that danger is likelier than none.
        category: The likeliest category by level.
    """

    scores: Mapping[str, float]
    category: Mapping[str, str]


class RedFlagClassifier:
    """A linear model and the nearest examples of each level, which together say how much a text is like danger.

    Args:
        levels: The level of each category.
        regularisation: Inverse strength of the linear models' regularisation.
    """

    def __init__(self, *, levels: Mapping[str, str], regularisation: float = 10.0) -> None:
        self._levels = dict(levels)
        self._regularisation = regularisation
        self._categories: tuple[str, ...] = ()
        self._linear: LinearScores | None = None
        self._nearest: NearestExamples | None = None

    def fit(self, texts: EncodedTexts, categories: Sequence[str]) -> None:
        """Learn from texts and their categories, ``none`` among them.

        Raises:
            ValueError: a level, or what is no danger, has no examples.
        """
        from sklearn.svm import LinearSVC

        level_of = np.array([self._levels.get(category, NO_DANGER) for category in categories])
        missing = {*LEVELS, NO_DANGER} - set(level_of)
        if missing:
            raise ValueError(f"danger is learnt from examples of every level; there are none of {sorted(missing)}")
        dangerous = level_of != NO_DANGER
        # liblinear computes outside of Python's lock, so the levels are learnt side by side.
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            models = list(pool.map(lambda level: self._model(texts.features, level_of, level), LEVELS))
        by_category = LinearSVC(C=1.0, random_state=0).fit(texts.features[dangerous], np.array(categories)[dangerous])
        self._categories = tuple(str(category) for category in by_category.classes_)
        self._linear = LinearScores.of([*models, by_category])
        positions = [(*LEVELS, NO_DANGER).index(level) for level in level_of]
        self._nearest = NearestExamples.of(texts.vectors, positions, neighbours=NEIGHBOURS)

    def _model(self, features: Any, level_of: Any, level: str) -> Any:
        """What tells a level from no danger; the other levels are left out."""
        from sklearn.linear_model import LogisticRegression

        chosen = (level_of == level) | (level_of == NO_DANGER)
        model = LogisticRegression(C=self._regularisation, solver="liblinear", random_state=0)
        return model.fit(features[chosen], level_of[chosen] == level)

    def read(self, message: EncodedTexts) -> Danger:
        """How much a message is like danger.

        The score is the mean of the whole message's and of its most dangerous part's, so that one remark in a long
        message counts, and so does what the rest says about it.
        """
        if self._linear is None or self._nearest is None:
            raise RuntimeError("the red-flag classifier is not trained")
        similarities = self._nearest.similarities(message.vectors)
        linear = self._linear.scores(message.features)
        likeness = linear[:, len(LEVELS) :]
        scores, category = {}, {}
        for position, level in enumerate(LEVELS):
            nearer = similarities[:, position] - similarities[:, -1]
            units = linear[:, position] + SIMILARITY_WEIGHT * nearer
            worst = int(units.argmax())
            scores[level] = float(units[0] + units[worst]) / 2
            category[level] = self._likeliest(likeness[0] + likeness[worst], level)
        return Danger(scores=scores, category=category)

    def _likeliest(self, likeness: Any, level: str) -> str:
        by_likeness = zip(likeness, self._categories, strict=True)
        return max((value, category) for value, category in by_likeness if self._levels[category] == level)[1]

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        if self._linear is None or self._nearest is None:
            raise RuntimeError("the red-flag classifier is not trained")
        self._nearest.save(folder)
        self._linear.save(folder / _WEIGHTS_FILE)
        named = {"levels": self._levels, "categories": self._categories}
        (folder / _CATEGORIES_FILE).write_text(json.dumps(named), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "RedFlagClassifier":
        """Read what was learnt from a folder; raises FileNotFoundError."""
        named = json.loads((folder / _CATEGORIES_FILE).read_text(encoding="utf-8"))
        classifier = cls(levels=named["levels"])
        classifier._nearest = NearestExamples.load(folder)
        classifier._categories = tuple(named["categories"])
        classifier._linear = LinearScores.load(folder / _WEIGHTS_FILE)
        return classifier
