"""N-grams and components are the same after saving and loading."""

from pathlib import Path

import numpy as np

from candidacy.language.text_features import TextFeatures, prepared

TEXTS = ["how long is the stay", "how long is the hospital stay?", "will it hurt", "will the hospital stay hurt"] * 3


def test_a_text_is_read_in_one_spelling() -> None:
    assert prepared("It DOESN'T  hurt sooooo much") == "it doesnt hurt soo much"


def test_they_are_the_same_after_saving_and_loading(tmp_path: Path) -> None:
    vectors = np.random.default_rng(0).normal(size=(len(TEXTS), 6))
    learnt = TextFeatures.learn(TEXTS, vectors)
    learnt.save(tmp_path)
    loaded = TextFeatures.load(tmp_path)

    asked = ["how long will it hurt", "unheard of"]
    reduced = learnt.reduced(vectors[:2])
    assert loaded.reduced(vectors[:2]).tolist() == reduced.tolist()
    before, after = learnt.joined(asked, reduced), loaded.joined(asked, reduced)
    assert before.shape == after.shape
    assert before.nnz > reduced.size
    assert np.allclose(before.toarray(), after.toarray())
