"""The labels of questions: facts of the document, and what is done with a question that it does not answer."""

from collections.abc import Sequence

PARTIAL = "partial:"
HANDOFF = "handoff"
SCREENING = "screening"
SEVERAL = "several"
"""The class of what has more than one label."""

FACT_LABELS = tuple(f"F{number}" for number in range(1, 12))
UNANSWERED = frozenset({"not_covered", "clinician", "off_topic"})
"""Labels of messages that must not be answered from the document."""
KINDS = (*sorted(UNANSWERED), "smalltalk")
"""Labels that are a reply's kind."""
LABELS = (*FACT_LABELS, *(f"{PARTIAL}{fact}" for fact in FACT_LABELS), *KINDS, SCREENING, HANDOFF)

_CONSULTATION_FACT = "F11"
FACTS = frozenset(FACT_LABELS) - {_CONSULTATION_FACT}
"""Facts that answer a question; the way to a consultation may stand beside anything."""


def meant(label: str) -> str:
    """What a label asks for: F11 and handoff stand for each other, and a partial answer names its fact."""
    fact = label.removeprefix(PARTIAL)
    return HANDOFF if fact == _CONSULTATION_FACT else fact


def class_of(labels: Sequence[str]) -> str:
    """The class that labels are counted in; none for no labels."""
    if len(labels) > 1:
        return SEVERAL
    return "".join(HANDOFF if label == _CONSULTATION_FACT else label for label in labels)
