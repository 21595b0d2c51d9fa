"""What the classifiers see of a text: its n-grams, and the encoder's vector in fewer numbers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from candidacy.language.ngrams import WeighedNgrams, character_ngrams, word_ngrams
from candidacy.language.text import LONG_LETTERS, normalise, without_inner_apostrophes

_NGRAMS_FILE = "ngrams.json"
_NUMBERS_FILE = "features.npz"
_KINDS = (word_ngrams, character_ngrams)
_LEAST_TEXTS = (2, 4)
"""How many examples must have an n-gram of each kind, so that it is kept."""


class TextFeatures:
    """N-grams of words and characters beside the principal components of the vectors; deterministic."""

    COMPONENTS = 256
    """How many numbers are kept of a vector. 256 of 1,152 keep nine tenths of the variance, classified as well as all
    of them in cross-validation, and are learnt from in a quarter of the time."""

    def __init__(self, ngrams: Sequence[WeighedNgrams], *, mean: Any, components: Any) -> None:
        self._ngrams = ngrams
        self._mean = mean
        self._components = components

    @classmethod
    def learn(cls, texts: Sequence[str], vectors: Any) -> "TextFeatures":
        """Learn the n-grams of texts, and the components of vectors (any number, 1152)."""
        # Only here: scikit-learn takes 30 MB and a third of a second to import.
        from sklearn.decomposition import PCA

        read = [prepared(text) for text in texts]
        kinds = zip(_KINDS, _LEAST_TEXTS, strict=True)
        ngrams = [WeighedNgrams.learn(read, analyse, least_texts=least) for analyse, least in kinds]
        components = PCA(min(cls.COMPONENTS, *vectors.shape), random_state=0).fit(vectors)
        return cls(ngrams, mean=components.mean_, components=components.components_)

    def reduced(self, vectors: Any) -> Any:
        """The components of vectors: float32 of shape (texts, components)."""
        return ((vectors - self._mean) @ self._components.T).astype(np.float32)

    def joined(self, texts: Sequence[str], reduced: Any) -> Any:
        """The sparse features of texts, whose reduced vectors are given: float32 of shape (texts, features)."""
        rows = [self._row(prepared(text), vector) for text, vector in zip(texts, reduced, strict=True)]
        ends = np.cumsum([0, *(len(places) for places, _ in rows)])
        size = sum(len(kind) for kind in self._ngrams) + reduced.shape[1]
        places = np.concatenate([places for places, _ in rows])
        values = np.concatenate([values for _, values in rows])
        return csr_matrix((values, places, ends), shape=(len(rows), size))

    def _row(self, text: str, vector: Any) -> tuple[Any, Any]:
        """The places and values of one text: its n-grams of each kind, then its vector."""
        places, values, start = [], [], 0
        for kind in self._ngrams:
            found, counted = kind.of(text)
            places.append(found + start)
            values.append(counted.astype(np.float32))
            start += len(kind)
        places.append(np.arange(start, start + len(vector), dtype=np.int32))
        return np.concatenate(places), np.concatenate([*values, vector])

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        terms = [list(kind.terms) for kind in self._ngrams]
        (folder / _NGRAMS_FILE).write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        weights = {f"weights_{position}": kind.weights for position, kind in enumerate(self._ngrams)}
        np.savez(folder / _NUMBERS_FILE, mean=self._mean, components=self._components, **weights)

    @classmethod
    def load(cls, folder: Path) -> "TextFeatures":
        """Read what was learnt from a folder; raises FileNotFoundError."""
        terms = json.loads((folder / _NGRAMS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _NUMBERS_FILE) as numbers:
            ngrams = [
                WeighedNgrams(analyse, terms=terms[position], weights=numbers[f"weights_{position}"])
                for position, analyse in enumerate(_KINDS)
            ]
            return cls(ngrams, mean=numbers["mean"], components=numbers["components"])


def prepared(text: str) -> str:
    """The text in one spelling: lower case, no apostrophes inside words, no letter more than twice in a row."""
    return LONG_LETTERS.sub(r"\1\1", without_inner_apostrophes(normalise(text).lower()))
