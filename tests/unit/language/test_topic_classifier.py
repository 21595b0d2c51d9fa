"""The classifier of topics learns what a text asks about."""

from collections.abc import Callable
from pathlib import Path

import pytest

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.topic_classifier import Ranked, TopicClassifier

Rank = Callable[[TopicClassifier, str], list[Ranked]]

EXAMPLES = {
    "faq/hospital_stay": ["how long in hospital", "how many days in the hospital", "how long do they keep you in"],
    "faq/rehabilitation": ["will I need physical therapy", "is there rehab after", "do I need pt"],
    "not_covered/driving": ["when can I drive", "can I drive after surgery", "how soon behind the wheel"],
    "affirm": ["yes", "ok", "sure"],
    "stop": ["stop", "quit", "please stop asking"],
    "why_asked": ["why", "why do you ask", "why do you need that"],
}


@pytest.fixture(scope="module")
def learn(encoder: MessageEncoder) -> Callable[[], TopicClassifier]:
    """Learns the examples anew."""

    def learn() -> TopicClassifier:
        classifier = TopicClassifier()
        pairs = [(text, label) for label, texts in EXAMPLES.items() for text in texts]
        classifier.fit(encoder.encode_texts([text for text, _ in pairs]), [label for _, label in pairs])
        return classifier

    return learn


@pytest.fixture(scope="module")
def fitted(learn: Callable[[], TopicClassifier]) -> TopicClassifier:
    return learn()


@pytest.fixture(scope="module")
def rank(encoder: MessageEncoder) -> Rank:
    """How a classifier ranks one text."""
    return lambda classifier, text: classifier.rank_all(encoder.encode_texts([text]))[0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("how long would i be in hospital", "faq/hospital_stay"),
        ("HOW MANY DAYS HOSPITAL", "faq/hospital_stay"),
        ("how long in the hopsital", "faq/hospital_stay"),
        ("physical therapy needed", "faq/rehabilitation"),
        ("when may I drive my car", "not_covered/driving"),
    ],
)
def test_the_classifier_ranks_the_meant_label_first(fitted: TopicClassifier, rank: Rank, text: str, label: str) -> None:
    assert rank(fitted, text)[0].name == label


@pytest.mark.parametrize(
    ("text", "label"), [("YES!", "affirm"), ("Why?", "why_asked"), ("stop.", "stop"), ("o\u200bk", "affirm")]
)
def test_an_example_in_other_case_and_punctuation_is_certain(
    fitted: TopicClassifier, rank: Rank, text: str, label: str
) -> None:
    assert rank(fitted, text)[0] == Ranked(label, 1.0)


def test_a_ranking_holds_every_label_and_adds_up_to_one(fitted: TopicClassifier, rank: Rank) -> None:
    ranking = rank(fitted, "how long until I can drive")

    assert sorted(ranked.name for ranked in ranking) == sorted(EXAMPLES) == list(fitted.labels)
    assert sum(ranked.confidence for ranked in ranking) == pytest.approx(1.0)


def test_training_twice_gives_the_same_confidences(
    fitted: TopicClassifier, learn: Callable[[], TopicClassifier], rank: Rank
) -> None:
    again = learn()

    assert rank(again, "when do they let me drive") == rank(fitted, "when do they let me drive")


def test_what_was_learnt_is_the_same_after_saving_and_loading(
    fitted: TopicClassifier, rank: Rank, tmp_path: Path
) -> None:
    fitted.save(tmp_path)
    loaded = TopicClassifier.load(tmp_path)

    for text in ("how many days in there", "yes"):
        for after, before in zip(rank(loaded, text), rank(fitted, text), strict=True):
            assert after.name == before.name
            assert after.confidence == pytest.approx(before.confidence, abs=1e-4)


@pytest.mark.parametrize(
    ("texts", "labels", "reason"),
    [(["yes"], [], "1 texts but 0 labels"), (["yes", "ok"], ["affirm", "affirm"], "at least two labels")],
)
def test_examples_that_teach_nothing_are_refused(
    encoder: MessageEncoder, texts: list[str], labels: list[str], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        TopicClassifier().fit(encoder.encode_texts(texts), labels)


def test_an_untrained_classifier_says_so(rank: Rank) -> None:
    with pytest.raises(RuntimeError, match="not trained"):
        rank(TopicClassifier(), "hello")
