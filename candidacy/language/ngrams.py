"""Counts the n-grams of texts, each weighed by how rare it is: the tf-idf of scikit-learn, for single texts.

scikit-learn's own ``transform`` makes a dozen sparse matrices on its way, which for one message takes longer than the
counting.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


class WeighedNgrams:
    """The n-grams of one kind that examples have, and how much each weighs.

    Args:
        options: How a text is taken apart, as :class:`TfidfVectorizer` takes it.
        terms: The n-grams, in the order of their places.
        weights: The inverse document frequency of each, of shape (terms,).
    """

    def __init__(self, options: Mapping[str, Any], *, terms: Sequence[str], weights: Any) -> None:
        self._analyse: Callable[[str], Iterable[str]] = TfidfVectorizer(**options).build_analyzer()
        self._places = {term: place for place, term in enumerate(terms)}
        self.terms = tuple(terms)
        self.weights = np.asarray(weights, dtype=np.float64)

    @classmethod
    def learn(cls, texts: Sequence[str], options: Mapping[str, Any]) -> "WeighedNgrams":
        """The n-grams of texts; raises ValueError when there are none."""
        learnt = TfidfVectorizer(**options).fit(texts)
        return cls(options, terms=list(learnt.get_feature_names_out()), weights=learnt.idf_)

    def __len__(self) -> int:
        return len(self.terms)

    def of(self, text: str) -> tuple[Any, Any]:
        """The places of a text's n-grams, in rising order, and what each counts: together of length 1."""
        counts = Counter(place for term in self._analyse(text) if (place := self._places.get(term)) is not None)
        places = np.fromiter(counts, dtype=np.int32, count=len(counts))
        order = np.argsort(places)
        places = places[order]
        often = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))[order]
        values = (1.0 + np.log(often)) * self.weights[places]
        return places, values / (np.sqrt(values @ values) or 1.0)
