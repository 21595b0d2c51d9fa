"""What a turn leaves on its conversation for staff to see: danger, an unsure reading, a question without an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from candidacy.assistant.reply import Reply
from candidacy.dialogue.danger import LEVELS

DANGER_KINDS = LEVELS
"""Kinds of replies that are danger advice, the most pressing first."""
UNANSWERED_KINDS = ("not_covered", "fallback")
"""Kinds of replies that say there is no answer."""
QUESTION_KINDS = ("answer", "not_covered", "clinician", "off_topic", "fallback")
"""Kinds of replies to a question, whether the document answers it or not: what the numbers count as asked."""

LOW_CONFIDENCE = 0.5
"""Below this confidence the reading of a message is worth a look: another reading was nearly as likely."""


@dataclass(frozen=True)
class TurnMarks:
    """What one turn leaves.

    Attributes:
        red_flag: the level of danger, or None.
        category: its category, where the rules named one.
        low_confidence: whether the message was read with little confidence, or asked back.
        unanswered: whether the visitor was told that there is no answer.
        question: the question of a form that the turn ended on.
    """

    red_flag: str | None = None
    category: str | None = None
    low_confidence: bool = False
    unanswered: bool = False
    question: str | None = None


def marks_of(understanding: Mapping[str, Any] | None, replies: Sequence[Reply]) -> TurnMarks:
    """The marks of a turn, from what was understood (Rasa's parse data) and what was said."""
    understood = understanding or {}
    flag = understood.get("red_flag") or {}
    kinds = {reply.kind for reply in replies}
    return TurnMarks(
        red_flag=flag.get("level") or next((kind for kind in DANGER_KINDS if kind in kinds), None),
        category=flag.get("category"),
        low_confidence=_unsure(understood.get("intent")) or "clarify" in kinds,
        unanswered=not kinds.isdisjoint(UNANSWERED_KINDS),
        question=next((reply.topic for reply in reversed(replies) if reply.kind == "question"), None),
    )


def _unsure(intent: Any) -> bool:
    return isinstance(intent, Mapping) and float(intent.get("confidence") or 0.0) < LOW_CONFIDENCE
