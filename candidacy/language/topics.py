"""Which topics a message asks about: a classifier of sentences, and the gates between its guess and an answer."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from candidacy.language.text import normalise, split_clauses

FALLBACK = "nlu_fallback"
"""The intent of a message that no gate lets through."""
ANSWERED = "faq"
"""The family of topics that the clinic's document answers."""
QUESTIONS = (ANSWERED, "not_covered", "clinician")
"""The families of topics that a visitor can ask about; the other retrieval family is smalltalk."""
GENERAL = "not_covered/general"
"""Said when a question is surely not covered but its topic is not sure."""
WISH_AS_TOPIC = {"consultation": "faq/consultation"}
"""Wishes that can be met beside an answer, by the topic that meets them."""
LEADING_WISHES = ("talk_to_person", "screening")
"""Wishes that decide the intent when another clause asks a question; the question stays among the topics."""
MOST_TOPICS = 2
MOST_CANDIDATES = 3
MOST_CLAUSES = 24
"""Clauses read of one message, from its end: a long message ends with its question."""

_PIPELINE_FILE = "topics.skops"
_EXAMPLES_FILE = "topic_examples.json"
_TRUSTED_TYPES = ["scipy.sparse._csr.csr_matrix"]
"""What a saved pipeline holds beside scikit-learn's own types: the weights of the n-grams."""
_INNER_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_LONG_LETTERS = re.compile(r"([a-z])\1{2,}")
_WORD_OR_MARK = r"\w+|[?!]"


@dataclass(frozen=True)
class Ranked:
    """A label and how likely it is, from 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True)
class Topic:
    """A topic that was asked about, and the words that asked."""

    name: str
    confidence: float
    clause: str


@dataclass(frozen=True)
class TopicReading:
    """What a message asks: its intent, at most two topics, and what to offer when neither is sure."""

    intent: Ranked
    intent_ranking: tuple[Ranked, ...]
    topics: tuple[Topic, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Gates:
    """The least confidence, and the least lead over the next label, that let a guess through.

    ``answer_*`` hold for topics that the document answers (a false answer costs most), ``clause_*`` for one clause of
    several, the plain ones for the rest. ``family`` is the least confidence of all not-covered topics together.
    ``candidate`` is the least confidence of a topic that is offered as a button. The plain, ``answer_*`` and ``family``
    values were chosen by five-fold cross-validation on the training examples; the others are set by judgement.
    """

    confidence: float = 0.25
    margin: float = 0.08
    answer_confidence: float = 0.35
    answer_margin: float = 0.15
    clause_confidence: float = 0.45
    clause_margin: float = 0.25
    family: float = 0.5
    candidate: float = 0.03

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0 <= value <= 1:
                raise ValueError(f"{name} must lie between 0 and 1, not {value!r}")


class Ranker(Protocol):
    """Ranks all labels for each text, most likely first."""

    def rank_all(self, texts: Sequence[str]) -> list[list[Ranked]]: ...


class TopicClassifier:
    """Word and character n-grams into logistic regression, one label against the rest; deterministic.

    A text that is a training example but for case and punctuation gets that example's label for certain, so that
    "ok", "why?" and "stop" do not depend on their neighbours.

    Args:
        regularisation: Inverse strength of the regularisation, chosen by cross-validation.
    """

    def __init__(self, *, regularisation: float = 20.0) -> None:
        self._regularisation = regularisation
        self._pipeline: Pipeline | None = None
        self._examples: dict[str, str] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels it can give, in alphabetical order; none before it is fitted."""
        return () if self._pipeline is None else tuple(str(label) for label in self._pipeline.classes_)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from labelled texts.

        Raises:
            ValueError: there are not as many labels as texts, or fewer than two different labels.
        """
        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts but {len(labels)} labels")
        if len(set(labels)) < 2:
            raise ValueError("a classifier needs examples of at least two labels")
        prepared = [_prepare(text) for text in texts]
        self._pipeline = _untrained(self._regularisation).fit(prepared, list(labels))
        self._examples = {_words(text): label for text, label in zip(prepared, labels, strict=True)}

    def rank(self, text: str) -> list[Ranked]:
        """All labels for one text, most likely first; raises RuntimeError before it is fitted."""
        return self.rank_all([text])[0]

    def rank_all(self, texts: Sequence[str]) -> list[list[Ranked]]:
        """All labels for each text, most likely first; raises RuntimeError before it is fitted."""
        if self._pipeline is None:
            raise RuntimeError("the topic classifier is not trained")
        prepared = [_prepare(text) for text in texts]
        probabilities = self._pipeline.predict_proba(prepared)
        return [self._ranked(text, row) for text, row in zip(prepared, probabilities, strict=True)]

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        skops.io.dump(self._pipeline, folder / _PIPELINE_FILE)
        (folder / _EXAMPLES_FILE).write_text(json.dumps(self._examples, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "TopicClassifier":
        """Read what was learnt from a folder; raises FileNotFoundError, or TypeError if it holds foreign types."""
        classifier = cls()
        classifier._pipeline = skops.io.load(folder / _PIPELINE_FILE, trusted=_TRUSTED_TYPES)
        classifier._examples = json.loads((folder / _EXAMPLES_FILE).read_text(encoding="utf-8"))
        return classifier

    def _ranked(self, prepared: str, probabilities: Iterable[float]) -> list[Ranked]:
        known = self._examples.get(_words(prepared))
        if known is not None:
            probabilities = [float(label == known) for label in self.labels]
        ranking = [Ranked(label, float(value)) for label, value in zip(self.labels, probabilities, strict=True)]
        return sorted(ranking, key=lambda ranked: -ranked.confidence)


def topics_of(text: str, *, ranker: Ranker, gates: Gates) -> TopicReading:
    """What a message asks, from the message as a whole and from each of its clauses.

    Two clauses that each clearly ask something different give two topics. Otherwise the clearest reading, of the
    whole or of one clause, gives the intent; when no reading is clear, the intent is ``nlu_fallback`` and the likeliest
    topics are the candidates.
    """
    clauses = split_clauses(text)[-MOST_CLAUSES:]
    clauses = clauses if len(clauses) > 1 else []
    whole, *parts = ranker.rank_all([text, *clauses])
    clear_parts = [
        Topic(WISH_AS_TOPIC.get(best.name, best.name), best.confidence, clause)
        for clause, ranking in zip(clauses, parts, strict=True)
        if (best := _clear(ranking, gates, clause=True)) is not None
    ]
    best_whole = _clear(whole, gates)
    topics = _asked(clear_parts)
    wish = next((part for part in clear_parts if part.name in LEADING_WISHES), None)
    if topics and wish is not None:
        return _reading(Ranked(wish.name, wish.confidence), whole, topics)
    if len(topics) == MOST_TOPICS:
        return _reading(Ranked(topics[0].name, topics[0].confidence), whole, topics)
    readings = [*topics, *([Topic(best_whole.name, best_whole.confidence, text)] if best_whole else [])]
    if not readings:
        return _fallback(whole, parts, gates)
    surest = max(readings, key=lambda topic: topic.confidence)
    asked = (surest,) if "/" in surest.name else ()
    return _reading(Ranked(surest.name, surest.confidence), whole, asked)


def base_intent(label: str) -> str:
    """The intent of a label: ``faq`` of ``faq/types``; a plain intent is itself."""
    return label.split("/", 1)[0]


def _clear(ranking: Sequence[Ranked], gates: Gates, *, clause: bool = False) -> Ranked | None:
    """The label that the gates let through, if one does."""
    best, margin = ranking[0], ranking[0].confidence - ranking[1].confidence
    least_confidence, least_margin = gates.confidence, gates.margin
    if base_intent(best.name) == ANSWERED:
        least_confidence, least_margin = gates.answer_confidence, gates.answer_margin
    if clause:
        least_confidence = max(least_confidence, gates.clause_confidence)
        least_margin = max(least_margin, gates.clause_margin)
    if best.confidence >= least_confidence and margin >= least_margin:
        return best
    together = sum(ranked.confidence for ranked in ranking if base_intent(ranked.name) == base_intent(GENERAL))
    return Ranked(GENERAL, together) if together >= max(gates.family, least_confidence) else None


def _asked(clear_parts: Sequence[Topic]) -> tuple[Topic, ...]:
    """The two surest different questions, in the order in which they were asked."""
    surest: dict[str, Topic] = {}
    for part in sorted(clear_parts, key=lambda part: -part.confidence):
        if base_intent(part.name) in QUESTIONS:
            surest.setdefault(part.name, part)
    chosen = list(surest.values())[:MOST_TOPICS]
    return tuple(part for part in clear_parts if part in chosen)


def _reading(intent: Ranked, whole: Sequence[Ranked], topics: Sequence[Topic]) -> TopicReading:
    chosen = Ranked(base_intent(intent.name), intent.confidence)
    return TopicReading(chosen, _intent_ranking(chosen, whole), tuple(topics))


def _fallback(whole: Sequence[Ranked], parts: Sequence[Sequence[Ranked]], gates: Gates) -> TopicReading:
    best: dict[str, float] = {}
    for ranked in (ranked for ranking in (whole, *parts) for ranked in ranking):
        name = WISH_AS_TOPIC.get(ranked.name, ranked.name)
        if base_intent(name) in QUESTIONS and ranked.confidence >= gates.candidate:
            best[name] = max(ranked.confidence, best.get(name, 0.0))
    likeliest = sorted(best, key=lambda name: -best[name])[:MOST_CANDIDATES]
    intent = Ranked(FALLBACK, 1.0 - whole[0].confidence)
    return TopicReading(intent, _intent_ranking(intent, whole), candidates=tuple(likeliest))


def _intent_ranking(chosen: Ranked, whole: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """The intents of the whole message, each with its topics' confidence together, after the chosen one."""
    together: dict[str, float] = {}
    for ranked in whole:
        name = base_intent(ranked.name)
        together[name] = together.get(name, 0.0) + ranked.confidence
    others = sorted((name for name in together if name != chosen.name), key=lambda name: -together[name])
    return (chosen, *(Ranked(name, together[name]) for name in others))


def _untrained(regularisation: float) -> Pipeline:
    words: Mapping[str, Any] = {"token_pattern": _WORD_OR_MARK, "ngram_range": (1, 2)}
    characters: Mapping[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 4)}
    common: Mapping[str, Any] = {"lowercase": False, "sublinear_tf": True}
    return make_pipeline(
        make_union(TfidfVectorizer(**words, **common), TfidfVectorizer(**characters, **common)),
        LogisticRegression(C=regularisation, solver="liblinear", class_weight="balanced", random_state=0),
    )


def _prepare(text: str) -> str:
    """The text in one spelling: lower case, no apostrophes inside words, no letter more than twice in a row."""
    return _LONG_LETTERS.sub(r"\1\1", _INNER_APOSTROPHE.sub("", normalise(text).lower()))


def _words(prepared: str) -> str:
    return " ".join(re.findall(r"\w+", prepared))
