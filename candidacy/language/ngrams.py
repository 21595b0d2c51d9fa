"""Counts the n-grams of texts, each weighed by how rare it is: the tf-idf of scikit-learn, for single texts.

scikit-learn's own ``transform`` makes a dozen sparse matrices on its way, which for one message takes longer than the
counting.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

Analyse = Callable[[str], Iterable[str]]
"""Takes a text apart into its n-grams."""

_WORD_OR_MARK = re.compile(r"\w+|[?!]")
_LENGTHS = (2, 3, 4)


class WeighedNgrams:
    """The n-grams of one kind that examples have, and how much each weighs.

    Args:
        analyse: How a text is taken apart.
        terms: The n-grams, in the order of their places.
        weights: The inverse document frequency of each, of shape (terms,).
    """

    def __init__(self, analyse: Analyse, *, terms: Sequence[str], weights: Any) -> None:
        self._analyse = analyse
        self._places = {term: place for place, term in enumerate(terms)}
        self.terms = tuple(terms)
        self.weights = np.asarray(weights, dtype=np.float64)

    @classmethod
    def learn(cls, texts: Sequence[str], analyse: Analyse, *, least_texts: int) -> "WeighedNgrams":
        """The n-grams that so many of the texts have; raises ValueError when there are none."""
        # Only here: scikit-learn takes 30 MB and a third of a second to import.
        from sklearn.feature_extraction.text import TfidfVectorizer

        learnt = TfidfVectorizer(analyzer=analyse, lowercase=False, sublinear_tf=True, min_df=least_texts).fit(texts)
        return cls(analyse, terms=list(learnt.get_feature_names_out()), weights=learnt.idf_)

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


def word_ngrams(text: str) -> list[str]:
    """The words and marks of a text, and its pairs of neighbours: scikit-learn's analyzer ``word``."""
    words = _WORD_OR_MARK.findall(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def character_ngrams(text: str) -> Iterator[str]:
    """Two to four characters inside of words, which begin and end with a space: scikit-learn's analyzer ``char_wb``."""
    for word in text.split():
        padded = f" {word} "
        for length in _LENGTHS:
            for start in range(max(1, len(padded) - length + 1)):
                yield padded[start : start + length]
            # A word that is no longer than that counts once.
            if len(padded) <= length:
                break
