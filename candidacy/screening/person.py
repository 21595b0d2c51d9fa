"""What a message says of the person whom the screening is for: another one than so far, or one who is too young."""

import re
from collections.abc import Mapping

from candidacy.lay_words import plain_words, worded_value
from candidacy.screening.questionnaire import ADULT, DANGER, NO, OTHER, READ_BACK, SUBJECT, YES, Questionnaire

_STATED_AGE = re.compile(r"\b(?:im|i am|hes|he is|shes|she is|theyre|they are) (?:only |just )?(\d{1,2})\b")
_FOR_SOMEONE = re.compile(r"\b(?:this is|its|it is|asking|calling|answering|doing this|here)\b.* for ")


def too_young(
    questionnaire: Questionnaire, answers: Mapping[str, str | None], asked: str, text: str
) -> dict[str, str | None]:
    """The answers that change with a later word on the person's age that makes them a minor; mostly none."""
    stated = _STATED_AGE.search(plain_words(text))
    threshold = questionnaire[ADULT].age_threshold or 0
    if asked != ADULT and answers.get(ADULT) == YES and stated is not None and int(stated[1]) < threshold:
        return {ADULT: NO, READ_BACK: None}
    return {}


def switched_person(
    questionnaire: Questionnaire,
    answers: Mapping[str, str | None],
    asked: str | None,
    text: str,
    for_another: bool,
) -> dict[str, str | None]:
    """The answers that change when a message says that the screening is for somebody else than so far; mostly none.

    That person is asked about anew: what was answered before was of the other one.
    """
    subject = OTHER if for_another else None
    if subject is None and _FOR_SOMEONE.search(plain_words(text)):
        subject = worded_value(text, questionnaire[SUBJECT].words)
    known = answers.get(SUBJECT)
    if subject is None or subject == known:
        return {}
    if asked in (None, SUBJECT):
        return {SUBJECT: subject} if for_another else {}
    if known is None:
        return {}
    given = (name for question in questionnaire.clinical for name in (question.id, question.detail))
    return {
        SUBJECT: subject,
        ADULT: None,
        DANGER: None,
        READ_BACK: None,
        **{name: None for name in given if answers.get(name) is not None},
    }
