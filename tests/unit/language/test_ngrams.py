"""The n-grams of single texts weigh what they weigh among many."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from candidacy.language.ngrams import WeighedNgrams

OPTIONS = [
    {"token_pattern": r"\w+|[?!]", "ngram_range": (1, 2), "min_df": 1, "sublinear_tf": True},
    {"analyzer": "char_wb", "ngram_range": (2, 4), "min_df": 1, "sublinear_tf": True},
]
TEXTS = ["how long is the stay", "how long is the hospital stay?", "will it hurt", "it will hurt, it will!"]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("text", ["how long will it hurt? it will", "stay stay stay", "unheard of", ""])
def test_they_weigh_what_scikit_learn_says(options: dict[str, object], text: str) -> None:
    expected = TfidfVectorizer(**options).fit(TEXTS).transform([text]).toarray()[0]
    learnt = WeighedNgrams.learn(TEXTS, options)
    places, values = learnt.of(text)
    found = np.zeros(len(learnt))
    found[places] = values
    assert found == pytest.approx(expected)
    assert list(places) == sorted(places)


def test_they_are_the_same_when_made_of_what_was_learnt() -> None:
    learnt = WeighedNgrams.learn(TEXTS, OPTIONS[0])
    again = WeighedNgrams(OPTIONS[0], terms=learnt.terms, weights=learnt.weights)
    assert [part.tolist() for part in again.of(TEXTS[1])] == [part.tolist() for part in learnt.of(TEXTS[1])]
