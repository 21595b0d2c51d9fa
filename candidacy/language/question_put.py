"""Which question was put before a message, which the pipeline is told in the message's metadata."""

from collections.abc import Mapping
from typing import Any

from candidacy.language.concepts import SCREENING_CONCEPTS

_NAME = "question_put"


def as_metadata(question: str | None) -> dict[str, str | None]:
    """The metadata of a message that came after a question, or after none."""
    return {_NAME: question}


def questions_to_read(metadata: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The screening's questions that a message may answer: the one that was put, or all when nobody says which."""
    if not metadata or _NAME not in metadata:
        return SCREENING_CONCEPTS
    return tuple(concept for concept in SCREENING_CONCEPTS if concept == metadata[_NAME])
