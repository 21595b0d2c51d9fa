"""Decides which intent a message finally has, once everything that was read in it is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from candidacy.language.concepts import SCREENING_CONCEPTS
from candidacy.language.reading import Finding
from candidacy.language.red_flag import RedFlag
from candidacy.language.text import is_bare_number, is_blank
from candidacy.language.topics import FALLBACK

INFORM = "inform"
UNCLEAR = "unclear"
LANGUAGE_INTENTS = {"es": "spanish", "other": "other_language"}
"""The intent of a message in another language than English, by its language."""


@dataclass(frozen=True)
class Gate:
    """When the topic classifier's intent stands although the message states something.

    Attributes:
        question_intents: Intents of questions, which are answered first.
        command_intents: Intents that ask the assistant to do something ("stop", "a person please").
        confidence: The least confidence, from 0 to 1, at which they stand.
    """

    question_intents: frozenset[str]
    command_intents: frozenset[str]
    confidence: float

    def keeps(self, intent: str | None, confidence: float) -> bool:
        """Whether an intent stands."""
        return intent in self.question_intents | self.command_intents and confidence >= self.confidence


def overriding_intent(
    *,
    text: str,
    red_flag: RedFlag | None,
    language: str,
    findings: Sequence[Finding],
    intent: str | None,
    confidence: float,
    gate: Gate,
) -> str | None:
    """The intent that replaces the topic classifier's, or None when that one stands.

    In this order: danger, another language, nothing to read, a number alone (which means something only to a form that
    asks for one), and a statement about a fracture, a condition or surgery (the person's own or another's) which is not
    at the same time a confident question or command.
    """
    if red_flag is not None:
        return red_flag.level
    if language in LANGUAGE_INTENTS:
        return LANGUAGE_INTENTS[language]
    if is_blank(text):
        return UNCLEAR
    if is_bare_number(text):
        return FALLBACK
    states = any(finding.concept in SCREENING_CONCEPTS for finding in findings)
    return INFORM if states and not gate.keeps(intent, confidence) else None
