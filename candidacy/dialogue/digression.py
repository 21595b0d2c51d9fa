"""Whether a message that comes while a form asks is for the form, or leads away from it."""

import re

from candidacy.dialogue.intents import COMMAND_INTENTS, DANGER_INTENTS, TOPIC_INTENTS

_QUESTION = re.compile(
    r"\?\s*$|^\s*(?:and |but |so |ok |um |also |btw )*"
    r"(?:who|what|whats|what's|when|where|why|which|how|hows|is|are|was|were|do|does|did|can|could|will|would|should|"
    r"may|am|has|have you|tell me|explain)\b",
    re.IGNORECASE,
)

SURE = 0.85
"""From which confidence on a command counts although the message could be an answer ("text me, please")."""
LIKELY = 0.75
"""From which confidence on a command leads away from a form at all; "just a bit" must not end one."""
FEW_WORDS = 2
"""A message of so few words that could be an answer is one, however sure the command is ("call")."""


def looks_like_question(text: str) -> bool:
    """Whether a text is put as a question: it ends with a question mark or begins as questions do."""
    return bool(_QUESTION.search(text))


def _is_meant(intent: str | None, text: str, confidence: float) -> bool:
    """Whether a command is meant although the message could be an answer ("call", "text me please")."""
    if intent in DANGER_INTENTS:
        return True
    return confidence >= SURE and (intent == "stop" or len(text.split()) > FEW_WORDS)


def is_digression(
    *,
    intent: str | None,
    text: str,
    answers: bool,
    free_text: bool,
    confidence: float = 1.0,
    other_form: str | None = None,
) -> bool:
    """Whether a message leads away from the form.

    Args:
        intent: what Rasa made of the message.
        confidence: how sure of it Rasa is, 0 to 1.
        text: the message.
        answers: whether something in it answers a question of the form.
        free_text: whether any words would do as the answer; then only what is put as a question leads away.
        other_form: the intent that opens the other form.
    """
    opens_other_form = other_form is not None and intent == other_form and (not free_text or confidence >= SURE)
    if intent in DANGER_INTENTS:
        return True
    if intent in COMMAND_INTENTS or opens_other_form:
        return confidence >= LIKELY and (not answers or _is_meant(intent, text, confidence))
    if intent not in TOPIC_INTENTS:
        return False
    if free_text or answers or intent == "off_topic":
        return looks_like_question(text)
    return True
