"""What staff say a message was meant as: a topic, the answers to the screening, or danger."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

TOPIC = "topic"
SCREENING = "screening"
RED_FLAG = "red_flag"
KINDS = (TOPIC, SCREENING, RED_FLAG)

NO_DANGER = "none"
LEVELS = ("emergency", "crisis", "urgent", NO_DANGER)
SCREENING_VALUES = ("yes", "no", "unknown", "-")
"""As in the evaluation's files: "-" is that the message says nothing of it."""
SUBJECTS = ("self", "other")
VOLUNTEERED = "none"
"""What stands for the question where none was put."""


class CorrectionError(ValueError):
    """A correction is not one that can be stored; the message says what it must be."""


@dataclass(frozen=True)
class Vocabulary:
    """What a correction may name: the topics and intents of the examples, the questions, the categories of danger."""

    topics: Collection[str]
    questions: Collection[str]
    categories: Mapping[str, Collection[str]]
    """By level."""


def checked_meaning(kind: str, meant: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """What was meant, as it is stored.

    Args:
        kind: one of `KINDS`.
        meant: for a topic ``topic``; for the screening ``asked``, ``subject`` and each question's value; for danger
            ``level`` and ``category``.
        vocabulary: what may be named.

    Raises:
        CorrectionError: it names what there is not.
    """
    if kind == TOPIC:
        return {"topic": _one_of(meant, "topic", vocabulary.topics)}
    if kind == SCREENING:
        return _screening(meant, vocabulary)
    if kind == RED_FLAG:
        return _red_flag(meant, vocabulary)
    raise CorrectionError(f"the kind of a correction must be one of {', '.join(KINDS)}")


def _screening(meant: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    values = {question: _one_of(meant, question, SCREENING_VALUES, default="-") for question in vocabulary.questions}
    return {
        "asked": _one_of(meant, "asked", (*vocabulary.questions, VOLUNTEERED), default=VOLUNTEERED),
        "subject": _one_of(meant, "subject", SUBJECTS, default="self"),
        **values,
    }


def _red_flag(meant: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    level = _one_of(meant, "level", LEVELS)
    if level == NO_DANGER:
        return {"level": level, "category": NO_DANGER}
    return {"level": level, "category": _one_of(meant, "category", vocabulary.categories.get(level, ()))}


def _one_of(meant: Mapping[str, str], name: str, allowed: Collection[str], *, default: str | None = None) -> str:
    value = meant.get(name) or default
    if value is None or value not in allowed:
        raise CorrectionError(f"{name} must be one of {', '.join(sorted(allowed))}")
    return value
