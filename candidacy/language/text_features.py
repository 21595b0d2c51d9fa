"""What the classifiers see of a text: its n-grams, and the encoder's vector in fewer numbers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_union

from candidacy.language.text import LONG_LETTERS, normalise, without_inner_apostrophes

TRUSTED_TYPES = ["scipy.sparse._csr.csr_matrix"]
"""What saved features hold beside scikit-learn's own types: the weights of the n-grams."""

_FILE = "features.skops"
_WORD_OR_MARK = r"\w+|[?!]"
_WORDS: Mapping[str, Any] = {"token_pattern": _WORD_OR_MARK, "ngram_range": (1, 2), "min_df": 2}
_CHARACTERS: Mapping[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 4), "min_df": 4}
_COMMON: Mapping[str, Any] = {"lowercase": False, "sublinear_tf": True}


class TextFeatures:
    """N-grams of words and characters beside the principal components of the vectors; deterministic."""

    COMPONENTS = 256
    """How many numbers are kept of a vector. 256 of 1,152 keep nine tenths of the variance, classified as well as all
    of them in cross-validation, and are learnt from in a quarter of the time."""

    def __init__(self) -> None:
        self._ngrams = make_union(TfidfVectorizer(**_WORDS, **_COMMON), TfidfVectorizer(**_CHARACTERS, **_COMMON))
        self._components = PCA(self.COMPONENTS, random_state=0)

    def fit(self, texts: Sequence[str], vectors: Any) -> "TextFeatures":
        """Learn the n-grams of texts, and the components of vectors (any number, 1152)."""
        self._ngrams.fit([prepared(text) for text in texts])
        self._components.n_components = min(self.COMPONENTS, *vectors.shape)
        self._components.fit(vectors)
        return self

    def reduced(self, vectors: Any) -> Any:
        """The components of vectors: float32 of shape (texts, components)."""
        return self._components.transform(vectors).astype(np.float32)

    def joined(self, texts: Sequence[str], reduced: Any) -> Any:
        """The sparse features of texts, whose reduced vectors are given: float32 of shape (texts, features)."""
        ngrams = self._ngrams.transform([prepared(text) for text in texts]).astype(np.float32)
        return hstack([ngrams, csr_matrix(reduced)], format="csr")

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        skops.io.dump((self._ngrams, self._components), folder / _FILE)

    @classmethod
    def load(cls, folder: Path) -> "TextFeatures":
        """Read what was learnt from a folder; raises FileNotFoundError, or TypeError if it holds foreign types."""
        features = cls()
        features._ngrams, features._components = skops.io.load(folder / _FILE, trusted=TRUSTED_TYPES)
        return features


def prepared(text: str) -> str:
    """The text in one spelling: lower case, no apostrophes inside words, no letter more than twice in a row."""
    return LONG_LETTERS.sub(r"\1\1", without_inner_apostrophes(normalise(text).lower()))
