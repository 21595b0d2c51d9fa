"""The n-grams of single texts are those of scikit-learn, and weigh what they weigh there among many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import text
from sklearn.feature_extraction.text import TfidfVectorizer

from candidacy.language.ngrams import Analyse, WeighedNgrams, character_ngrams, word_ngrams

AS_SCIKIT_LEARN: list[tuple[Analyse, dict[str, object]]] = [
    (word_ngrams, {"token_pattern": r"\w+|[?!]", "ngram_range": (1, 2), "lowercase": False}),
    (character_ngrams, {"analyzer": "char_wb", "ngram_range": (2, 4), "lowercase": False}),
]
TEXTS = ["how long is the stay", "how long is the hospital stay?", "will it hurt", "it will hurt, it will!"]


@pytest.mark.parametrize(("analyse", "options"), AS_SCIKIT_LEARN)
@given(written=text())
def test_a_text_is_taken_apart_as_by_scikit_learn(analyse: Analyse, options: dict[str, object], written: str) -> None:
    assert list(analyse(written)) == list(TfidfVectorizer(**options).build_analyzer()(written))


@pytest.mark.parametrize(
    ("word", "ngrams"),
    [("", []), ("i", [" i", "i ", " i "]), ("no", [" n", "no", "o ", " no", "no ", " no "])],
)
def test_a_short_word_counts_once_as_a_whole(word: str, ngrams: list[str]) -> None:
    assert list(character_ngrams(word)) == ngrams


@pytest.mark.parametrize(("analyse", "options"), AS_SCIKIT_LEARN)
@pytest.mark.parametrize("least_texts", [1, 2])
@pytest.mark.parametrize("text", ["how long will it hurt? it will", "stay stay stay", "unheard of", ""])
def test_they_weigh_what_scikit_learn_says(
    analyse: Analyse, options: dict[str, object], least_texts: int, text: str
) -> None:
    weighed = TfidfVectorizer(**options, sublinear_tf=True, min_df=least_texts).fit(TEXTS)
    expected = weighed.transform([text]).toarray()[0]
    learnt = WeighedNgrams.learn(TEXTS, analyse, least_texts=least_texts)
    places, values = learnt.of(text)
    found = np.zeros(len(learnt))
    found[places] = values
    assert found == pytest.approx(expected)
    assert list(places) == sorted(places)


def test_they_are_the_same_when_made_of_what_was_learnt() -> None:
    learnt = WeighedNgrams.learn(TEXTS, word_ngrams, least_texts=1)
    again = WeighedNgrams(word_ngrams, terms=learnt.terms, weights=learnt.weights)
    assert [part.tolist() for part in again.of(TEXTS[1])] == [part.tolist() for part in learnt.of(TEXTS[1])]
