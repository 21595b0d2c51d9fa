"""Which texts answer a message, and what is offered beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_TOPICS = 2
"""Messages a turn, at the most."""
REMEMBERED_TOPICS = 6
"""How many of the last answered topics are remembered."""
OFFER_EVERY = 3
"""After how many answers the next step is offered again."""

FIXED_ANSWERS = {
    "off_topic": "utter_off_topic",
    "privacy": "utter_privacy",
    "spanish": "utter_spanish",
    "other_language": "utter_other_language",
    "unclear": "utter_unclear",
}
"""Intents that always get the same text."""

FALLBACK = "utter_fallback"
CLARIFY = "utter_clarify"
OFFER_PERSON = "utter_offer_person"

_TOPICS_ABOUT_ONESELF = frozenset(
    {"faq/right_for_me", "faq/reasons", "faq/fracture_reason", "faq/age_related_reason", "faq/stenosis_reason"}
)


@dataclass(frozen=True)
class Plan:
    """What to say, in order; what is offered with the last of it; and the topics answered so far."""

    say: tuple[str, ...]
    offer: str | None = None
    """The flow that a plain "yes" would begin: screening, consultation or person."""
    clarify: tuple[str, ...] = ()
    """Topics to offer as buttons."""
    answered: tuple[str, ...] = ()


def plan_answer(
    *,
    intent: str | None,
    topics: Sequence[str],
    candidates: Sequence[str],
    answered: Sequence[str],
    in_form: bool,
    known_texts: frozenset[str],
) -> Plan:
    """Choose the texts for a message.

    Args:
        intent: what Rasa made of the message.
        topics: what it asks, surest first, such as ``faq/hospital_stay``.
        candidates: what it may ask, when that is not sure.
        answered: topics answered before, oldest first.
        in_form: whether a form will put its question again afterwards; then nothing else is offered.
        known_texts: names of all responses.
    """
    if intent in FIXED_ANSWERS:
        return Plan(say=(FIXED_ANSWERS[intent],), answered=tuple(answered))
    chosen = _chosen(topics, known_texts)
    if not chosen and candidates:
        return Plan(say=(CLARIFY,), clarify=tuple(candidates), answered=tuple(answered))
    if not chosen:
        return Plan(say=(FALLBACK,), answered=tuple(answered))
    remembered = (*answered, *chosen)[-REMEMBERED_TOPICS:]
    say = tuple(_wording(topic, answered, known_texts) for topic in chosen)
    if not in_form and len(chosen) == 1 and answered.count(chosen[0]) > 1:
        return Plan(say=(*say, OFFER_PERSON), offer="person", answered=remembered)
    return Plan(say=say, offer=None if in_form else _offer(chosen, answered), answered=remembered)


def repeated_answer(answered: Sequence[str], known_texts: frozenset[str]) -> str | None:
    """The last answer in its other words, or None when nothing was answered yet."""
    return _wording(answered[-1], answered, known_texts) if answered else None


def _chosen(topics: Sequence[str], known_texts: frozenset[str]) -> tuple[str, ...]:
    """The topics to answer: those with a text, one of a kind where another would only repeat the advice."""
    known = [topic for topic in dict.fromkeys(topics) if f"utter_{topic}" in known_texts]
    to_clinician = [topic for topic in known if topic.startswith("clinician/")]
    return tuple(topic for topic in known if topic not in to_clinician[1:])[:MOST_TOPICS]


def _wording(topic: str, answered: Sequence[str], known_texts: frozenset[str]) -> str:
    """The text of a topic; asked again, in its other words."""
    again = f"utter_again/{topic}"
    return again if topic in answered and again in known_texts else f"utter_{topic}"


def _offer(topics: Sequence[str], answered: Sequence[str]) -> str | None:
    family = topics[-1].split("/")[0]
    if family in ("not_covered", "clinician"):
        return "consultation"
    if family == "smalltalk":
        return None
    if _TOPICS_ABOUT_ONESELF.intersection(topics) or len(answered) % OFFER_EVERY == 0:
        return "screening"
    return None
