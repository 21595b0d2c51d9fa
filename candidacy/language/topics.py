"""Which topics a message asks about: the gates between the classifier's guesses and an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from candidacy.language.encoder.message_encoder import EncodedTexts
from candidacy.language.topic_classifier import Ranked

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
    several, the plain ones for the rest. A clause's topic that the document answers must also have the confidence
    ``borne_out`` in the message as a whole, or ``clause_alone`` by itself. ``family`` is the least confidence of all
    not-covered topics together.
    ``candidate`` is the least confidence of a topic that is offered as a button. The values were chosen on the
    development set.
    """

    confidence: float = 0.25
    margin: float = 0.08
    answer_confidence: float = 0.3
    answer_margin: float = 0.1
    clause_confidence: float = 0.7
    clause_margin: float = 0.25
    clause_alone: float = 0.93
    borne_out: float = 0.02
    family: float = 0.5
    candidate: float = 0.03

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0 <= value <= 1:
                raise ValueError(f"{name} must lie between 0 and 1, not {value!r}")


class Ranker(Protocol):
    """Ranks all labels for each text, most likely first."""

    def rank_all(self, texts: EncodedTexts) -> list[list[Ranked]]: ...


def topics_of(message: EncodedTexts, *, ranker: Ranker, gates: Gates) -> TopicReading:
    """What a message asks, from the message as a whole, which comes first, and from each of its clauses.

    Two clauses that each clearly ask something different give two topics. Otherwise the clearest reading, of the
    whole or of one clause, gives the intent; when no reading is clear, the intent is ``nlu_fallback`` and the likeliest
    topics are the candidates.
    """
    whole, *parts = ranker.rank_all(message)
    clear_parts = [
        Topic(WISH_AS_TOPIC.get(best.name, best.name), best.confidence, clause)
        for clause, ranking in zip(message.texts[1:], parts, strict=True)
        if (best := _clear(ranking, gates, clause=True)) is not None
    ]
    best_whole = _clear(whole, gates)
    topics = _asked([part for part in clear_parts if _is_borne_out(part, whole, gates)])
    wish = next((part for part in clear_parts if part.name in LEADING_WISHES), None)
    if topics and wish is not None:
        return _reading(Ranked(wish.name, wish.confidence), whole, topics)
    if len(topics) == MOST_TOPICS:
        return _reading(Ranked(topics[0].name, topics[0].confidence), whole, topics)
    readings = [*topics, *([Topic(best_whole.name, best_whole.confidence, message.texts[0])] if best_whole else [])]
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


def _is_borne_out(part: Topic, whole: Sequence[Ranked], gates: Gates) -> bool:
    """Whether a clause's topic counts: the message as a whole may be about it, or the clause leaves no doubt."""
    if base_intent(part.name) != ANSWERED or part.confidence >= gates.clause_alone:
        return True
    return any(
        WISH_AS_TOPIC.get(ranked.name, ranked.name) == part.name and ranked.confidence >= gates.borne_out
        for ranked in whole
    )


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
