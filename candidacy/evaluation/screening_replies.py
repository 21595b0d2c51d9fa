"""What the replies to a screening answer ask to confirm."""

from collections.abc import Iterator, Mapping
from typing import Any

from candidacy.assistant.reply import Reply
from candidacy.evaluation.payload import read_payload
from candidacy.evaluation.scored import Exchange
from candidacy.screening.questionnaire import NO, SELF, UNKNOWN, YES

CONCEPTS = ("fracture", "age_related", "stenosis_surgery")

_CHOICES = frozenset({YES, NO, UNKNOWN})


def confirming_in(exchange: Exchange, asked: str | None) -> tuple[str, ...]:
    """The concepts that the assistant asks to confirm.

    Either a reply of the kind ``confirm`` is about the concept, by its topic or by what its buttons answer. Or the
    question of that very concept is put with yes, no and not sure as buttons, after a message in which just that was
    read of the speaker: a reading that was not sure enough to be stored. The same question put again after anything
    else ("I'm not sure how to take that", a relative's history, a plan) confirms nothing.
    """
    confirming = {concept for reply in exchange.replies for concept in _confirmed_by(reply)}
    read = set(_concepts_read(exchange.understanding, asked))
    confirming |= {reply.topic for reply in exchange.replies if reply.topic in read and _puts_question(reply)}
    return tuple(concept for concept in CONCEPTS if concept in confirming)


def _confirmed_by(reply: Reply) -> Iterator[str]:
    if reply.kind == "confirm":
        if reply.topic is not None:
            yield reply.topic
        yield from _choices(reply)


def _puts_question(reply: Reply) -> bool:
    return reply.kind == "question" and _choices(reply).get(reply.topic or "", frozenset()) >= _CHOICES


def _choices(reply: Reply) -> dict[str, frozenset[str]]:
    """The values that a reply's buttons answer each question with."""
    choices: dict[str, frozenset[str]] = {}
    for button in reply.buttons:
        intent, values = read_payload(button.payload)
        if intent == "answer":
            for question, value in values.items():
                choices[question] = choices.get(question, frozenset()) | {value}
    return choices


def _concepts_read(understanding: Mapping[str, Any], asked: str | None) -> Iterator[str]:
    """The concepts of which something was read of the speaker that could be stored, with the question in mind."""
    reading = (understanding.get("readings") or {}).get(asked) or understanding
    for finding in reading.get("findings") or ():
        if finding["subject"] == SELF and finding["time"] in ("now", "past"):
            yield finding["concept"]
