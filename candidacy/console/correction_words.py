"""What a correction says, in words. Pure."""

from collections.abc import Mapping

from candidacy.casework.correction import NO_DANGER, RED_FLAG, TOPIC, VOLUNTEERED
from candidacy.console.conversations.labels import Labels

_NOT_A_QUESTION = ("asked", "subject")
_NOT_SAID = "-"


def meant_words(kind: str, meant: Mapping[str, str], *, labels: Labels) -> str:
    """What a message was meant as, in one line; `meant` as `casework.correction.checked_meaning` gives it."""
    if kind == TOPIC:
        return labels.topic(meant["topic"])
    if kind == RED_FLAG:
        return _danger(meant, labels)
    return _answers(meant, labels)


def _danger(meant: Mapping[str, str], labels: Labels) -> str:
    if meant["level"] == NO_DANGER:
        return labels("meaning", NO_DANGER).lower()
    return f"{labels('level', meant['level']).lower()}, {labels.topic(meant['category']).lower()}"


def _answers(meant: Mapping[str, str], labels: Labels) -> str:
    said = [
        f"{labels.topic(question)}: {labels('meaning', value).lower()}"
        for question, value in meant.items()
        if question not in _NOT_A_QUESTION and value != _NOT_SAID
    ]
    about = f"about {labels('meaning', meant['subject']).lower()}"
    asked = [] if meant["asked"] == VOLUNTEERED else [f"asked for {labels.topic(meant['asked']).lower()}"]
    return "; ".join([*(said or [labels("meaning", _NOT_SAID)]), about, *asked])
