"""Replies as labels: what they answer, and what their buttons offer to answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from candidacy.assistant.reply import Button, Reply
from candidacy.assistant.texts import Texts
from candidacy.consultation.fields import FIELDS
from candidacy.evaluation.faq_labels import HANDOFF, KINDS, SCREENING, meant
from candidacy.evaluation.payload import read_payload
from candidacy.screening.questionnaire import CONSENT

FLOWS = {"screening": SCREENING, "consultation": HANDOFF, "talk_to_person": HANDOFF}
"""What a button's intent begins."""


@dataclass(frozen=True)
class Offer:
    """One button of a question back."""

    topic: str
    facts: tuple[str, ...]
    labels: frozenset[str]
    """What pressing it would answer."""
    buttons: int
    """How many stand together."""


def labels_given(replies: Sequence[Reply]) -> frozenset[str]:
    """What the replies answer, all together."""
    return frozenset(label for reply in replies for label in _labels_of(reply))


def offers_in(replies: Sequence[Reply], texts: Texts) -> tuple[Offer, ...]:
    """What the buttons of questions back offer."""
    return tuple(
        _offer(button, len(reply.buttons), texts)
        for reply in replies
        if reply.kind == "clarify"
        for button in reply.buttons
    )


def _labels_of(reply: Reply) -> Iterator[str]:
    if reply.kind == "answer":
        yield from map(meant, reply.facts)
    elif reply.kind in (*KINDS, HANDOFF):
        yield reply.kind
    elif reply.kind == "question":
        # The first question of a form: the flow has begun.
        yield from _flow_of(reply.topic)
    elif reply.kind == "confirm" and any(button.payload == "/screening" for button in reply.buttons):
        # What was said is taken note of, and the questions are offered: they are the reply, not a button beside one.
        yield SCREENING


def _flow_of(question: str | None) -> Iterator[str]:
    if question == CONSENT:
        yield SCREENING
    elif question in FIELDS:
        yield HANDOFF


def _offer(button: Button, buttons: int, texts: Texts) -> Offer:
    intent, values = read_payload(button.payload)
    topic = values.get("topic", intent)
    if topic in FLOWS or not texts.has(f"utter_{topic}"):
        return Offer(topic, (), frozenset({FLOWS[topic]} if topic in FLOWS else ()), buttons)
    answer = texts.reply(f"utter_{topic}")
    return Offer(topic, answer.facts, labels_given([answer]), buttons)
