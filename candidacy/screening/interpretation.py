"""What a message does to the screening: the answers it gives, what is to be said, or that it was not for us."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from candidacy.lay_words import MOST_WORDS, has_exception, has_proviso, has_reservation, plain_words, worded_value
from candidacy.screening.person import switched_person, too_young
from candidacy.screening.questionnaire import (
    DANGER,
    FREE_TEXT,
    NO,
    OTHER,
    READ_BACK,
    SELF,
    SKIPPED,
    SUBJECT,
    UNKNOWN,
    YES,
    Question,
    Questionnaire,
)

Answers = Mapping[str, str | None]

_NEAR_MISSES = {"fracture": "fracture_elsewhere", "stenosis_surgery": "other_surgery"}
"""What is said of something beside the question, and may or may not answer it: then it is confirmed."""

DETAIL_MAX_LENGTH = 200
"""Longest follow-up that is kept, in characters."""
_VAGUE_AGE = re.compile(r"\b(?:under|below|not|younger|less|than|turning|almost|nearly|soon|yet|in)\b")
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|im|ive|my|me|mine|myself)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(\d{1,3})\b")
_OLDEST = 120


class Request(Enum):
    """What a visitor may want of the screening itself, rather than answer it."""

    REPEAT = "repeat"
    CHANGE = "change"
    DIGRESSION = "digression"
    """Something that is not for the screening: a question, a stop, a red flag. Others answer it."""


@dataclass(frozen=True)
class Statement:
    """One thing said about somebody's spine."""

    concept: str
    value: str
    subject: str = SELF
    time: str = "now"
    detail: str | None = None
    text: str = ""
    """The words that say it."""


@dataclass(frozen=True)
class Said:
    """A visitor's message, as far as the screening is concerned."""

    text: str = ""
    answer: str | None = None
    """A bare yes, no, unknown or skipped, to whatever was asked."""
    button: Mapping[str, str] = field(default_factory=dict)
    """The question and the value that a pressed button stands for."""
    reopen: str | None = None
    """The question which a pressed button wants to answer again."""
    statements: tuple[Statement, ...] = ()
    request: Request | None = None
    acknowledgement: bool = False
    """No more than an "ok": it agrees, and answers no question of fact."""
    choosing: bool = False
    """It answers "which would you like to change?": a yes confirms nothing there, and the list is read back again."""
    unclear: tuple[str, ...] = ()
    """The questions that it speaks of without saying clearly what."""
    for_another: bool = False
    """It says that it is written for somebody else."""
    bearing: bool = False
    """It has words that bear on an answer, understood or not."""
    read: bool = False
    """The answer was read off the words, with what stands beside it; not guessed from the kind of message."""
    confirming: str | None = None
    """The question whose answer it was asked to confirm."""
    danger: bool = False
    """A red flag stands in it: whatever else it says, it is not for the screening."""


@dataclass(frozen=True)
class Step:
    """What follows from a message."""

    updates: Mapping[str, str | None] = field(default_factory=dict)
    say: tuple[str, ...] = ()
    """Names of responses to say before the next question."""
    taken: bool = True
    """False when the message is for somebody else; the same question is put again afterwards."""
    misunderstood: bool = False
    asks_back: bool = False
    """Beside the answer there is a question in the message, to be answered first."""
    confirm: str | None = None
    """The question that comes next, when it is put as "did you mean ...?" since the message was not clear about it."""
    choose_change: bool = False
    """The visitor wants to change an answer and has not said which."""


def interpret(questionnaire: Questionnaire, *, answers: Answers, asked: str | None, said: Said) -> Step:
    """What a message means, given the answers so far and the question that was put (None before the first).

    Only what was clearly said is stored: a relative's history, plans and hypotheses never fill an answer.
    """
    if said.danger:
        return Step(taken=False)
    switches = not said.button and said.request is not Request.CHANGE
    switched = switched_person(questionnaire, answers, asked, said.text, said.for_another) if switches else {}
    known = {**answers, **switched}
    step = _interpreted(questionnaire, answers=known, asked=asked, said=said)
    if switched and (asked is not None or step.updates):
        told = () if asked in (None, SUBJECT) else ("utter_answer_changed",)
        say = tuple(dict.fromkeys((*told, *step.say)))
        step = replace(step, updates={**switched, **step.updates}, say=say, taken=True, misunderstood=False)
    return _with_confirmation(questionnaire, answers, asked, said, step)


def _interpreted(questionnaire: Questionnaire, *, answers: Answers, asked: str | None, said: Said) -> Step:
    stated = _from_statements(questionnaire, answers=answers, asked=asked, statements=said.statements)
    if asked is None:
        return Step(updates=stated.updates)
    if minor := too_young(questionnaire, answers, asked, said.text):
        return Step(updates=minor, say=("utter_answer_changed",))
    if said.reopen:
        return Step(updates=_reopened(questionnaire, said.reopen))
    if said.button:
        return _from_button(questionnaire[asked], said.button)
    if said.request is Request.REPEAT:
        return Step()
    if asked == READ_BACK:
        return _at_read_back(questionnaire, answers, said, stated)
    return _taken_or_left(questionnaire, answers, asked, said, stated)


def _with_confirmation(
    questionnaire: Questionnaire, answers: Answers, asked: str | None, said: Said, step: Step
) -> Step:
    """The step with the next question put as a confirmation, when the message was not clear about just that.

    A confirmation that brought nothing clear either is not put a second time: then the question is explained.
    """
    if asked is None or not step.taken or step.choose_change or said.button or said.request is Request.REPEAT:
        return step
    upcoming = questionnaire.next_question({**answers, **step.updates})
    if upcoming is None or not questionnaire[upcoming].clinical or said.confirming == upcoming:
        return step
    near = any(statement.concept == _NEAR_MISSES.get(upcoming) for statement in said.statements)
    set_apart = upcoming == asked and step.misunderstood and said.answer in (YES, NO) and not said.acknowledgement
    bears = upcoming == asked and step.misunderstood and said.bearing
    unclear = upcoming in said.unclear or (upcoming == asked and near) or set_apart or bears
    if not unclear or (upcoming == asked and "utter_relative_noted" in step.say):
        return step
    return replace(step, confirm=upcoming, misunderstood=False)


def _at_read_back(questionnaire: Questionnaire, answers: Answers, said: Said, stated: Step) -> Step:
    """The read-back is confirmed only by a plain yes; anything else may name what to change."""
    if said.choosing and said.answer == YES:
        return Step()
    if said.answer == YES and has_reservation(said.text):
        said = replace(said, answer=NO)
    if all(answers.get(name) == value for name, value in stated.updates.items()):
        # What only says again what is stored is not what the visitor wants to have changed.
        stated = replace(stated, updates={})
    named = _named_question(questionnaire, said.text)
    if named is not None and not stated.updates and said.answer != YES:
        return Step(updates=_reopened(questionnaire, named))
    return _taken_or_left(questionnaire, answers, READ_BACK, said, stated)


def _taken_or_left(questionnaire: Questionnaire, answers: Answers, asked: str, said: Said, stated: Step) -> Step:
    """A wish to change or a digression counts only when the message states nothing beside it."""
    if said.request is Request.CHANGE and not stated.updates:
        return _change(questionnaire, answers, asked)
    if said.request is Request.DIGRESSION and not stated.updates:
        return Step(taken=False)
    step = _from_words(questionnaire[asked], said, stated)
    return replace(step, asks_back=said.request is Request.DIGRESSION)


def reads_as_answer(questionnaire: Questionnaire, *, asked: str | None, said: Said) -> bool:
    """Whether something in a message could answer a question of the screening."""
    if said.answer is not None or said.statements or asked in said.unclear:
        return True
    return asked is not None and _worded_value(questionnaire[asked], said.text) is not None


def _from_button(question: Question, button: Mapping[str, str]) -> Step:
    value = button.get(question.id)
    if value not in question.accepts:
        return Step()
    return _accepted(question, {question.id: value})


def _from_words(question: Question, said: Said, stated: Step) -> Step:
    updates = dict(stated.updates)
    if _is_set_apart(question, said, updates):
        return Step(misunderstood=True)
    if question.id not in updates and not (_belongs_to_a_statement(said.answer, updates) and not said.read):
        # A "yes" beside a relative's history or a plan is not an answer of the person's own.
        own = not stated.say or bool(updates) or said.read
        value = _value_in_words(question, said, updates) if own else None
        if value is not None:
            updates[question.id] = value
    if question.id == READ_BACK and len(updates) > 1:
        updates.pop(READ_BACK, None)
    if updates:
        return _accepted(question, updates, stated.say)
    if stated.say:
        return Step(say=stated.say)
    if question.id == READ_BACK and said.answer == NO:
        return Step(choose_change=True)
    return Step(misunderstood=True)


def _is_set_apart(question: Question, said: Said, updates: Mapping[str, str | None]) -> bool:
    """Whether a yes or no has an exception that was not understood: then it is no plain answer, and asked again.

    "No, unless you count a cracked vertebra" must not become a no, nor "none, but I've been leaking" at the danger
    question, where also a long no may hide something. An answer that was read off the words has taken in an "only" or
    a "but" already.
    """
    if question.id != DANGER and not question.clinical:
        return False
    if set(updates) - {question.id, question.detail}:
        return False
    if question.clinical and (said.read or (question.id in updates and not said.answer)):
        return has_proviso(said.text)
    if has_exception(said.text):
        return True
    said_no = said.answer == NO and said.request is not Request.DIGRESSION
    if question.id == DANGER:
        return said_no and (" but " in plain_words(said.text) or len(said.text.split()) > MOST_WORDS)
    return said_no and question.id not in updates and " but " in plain_words(said.text)


def _belongs_to_a_statement(answer: str | None, updates: Mapping[str, str | None]) -> bool:
    """Whether a bare "no" only begins a statement about something else: "no, she never had surgery"."""
    return answer in (YES, NO) and answer in updates.values()


def _accepted(question: Question, updates: Mapping[str, str | None], say: tuple[str, ...] = ()) -> Step:
    if updates.get(question.id) == UNKNOWN and question.id == DANGER:
        say = (*say, "utter_danger_unsure")
    return Step(updates=updates, say=say)


def _value_in_words(question: Question, said: Said, stated: Mapping[str, str | None]) -> str | None:
    worded = _worded_value(question, said.text)
    if said.acknowledgement and (question.clinical or question.id == DANGER):
        return None
    if said.answer in question.accepts:
        # "Yes, 17": what contradicts itself is asked again.
        return said.answer if worded in (None, said.answer) or not question.age_threshold else None
    if worded is not None and said.answer in (None, YES):
        return worded
    about_others = set(stated) - {question.id.removesuffix("_detail")}
    if FREE_TEXT in question.accepts and not about_others:
        return _detail(said)
    return None


def _worded_value(question: Question, text: str) -> str | None:
    """What lay words, or a plain age, say to a question."""
    worded = worded_value(text, question.words)
    if worded is not None or question.age_threshold is None or _VAGUE_AGE.search(plain_words(text)):
        return worded
    age = _age_in(text)
    return None if age is None else (YES if age >= question.age_threshold else NO)


def _detail(said: Said) -> str | None:
    if said.answer in (NO, UNKNOWN, SKIPPED):
        return SKIPPED
    if said.answer == YES:
        return None
    return said.text.strip()[:DETAIL_MAX_LENGTH] or None


def _age_in(text: str) -> int | None:
    ages = [int(number) for number in _AGE.findall(text) if int(number) <= _OLDEST]
    return ages[0] if len(ages) == 1 else None


def _from_statements(
    questionnaire: Questionnaire, *, answers: Answers, asked: str | None, statements: tuple[Statement, ...]
) -> Step:
    clinical = {question.id: question for question in questionnaire.clinical}
    own = OTHER if answers.get(SUBJECT) == OTHER else SELF
    updates: dict[str, str | None] = {}
    say: list[str] = []
    refusals: list[str] = []
    for statement in statements:
        if statement.concept not in clinical:
            continue
        refusal = _refusal(statement, own=own, asked=asked)
        if refusal is not None:
            refusals.append(refusal)
            continue
        updates.update(_stored(clinical[statement.concept], statement))
    updates = _without_loss(answers, updates)
    if any(answers.get(question) in (YES, NO) and answers[question] != updates.get(question, answers[question])
           for question in clinical):  # fmt: skip
        say.append("utter_answer_changed")
    if updates and answers.get(READ_BACK) is not None:
        updates[READ_BACK] = None
    return Step(updates=updates, say=tuple(dict.fromkeys(say if updates else refusals)))


def _refusal(statement: Statement, *, own: str, asked: str | None) -> str | None:
    """The response that says why a statement is not stored, or None when it is."""
    if not _is_about(statement, own):
        return "utter_relative_noted" if own == SELF else "utter_about_other_person"
    if statement.time == "hypothetical":
        return "utter_plan_noted"
    # "It's planned for May" is a no to "have you had it?", and nothing at all when nobody asked.
    if statement.time == "planned" and (statement.value != NO or asked != statement.concept):
        return "utter_plan_noted"
    return None


def _is_about(statement: Statement, own: str) -> bool:
    """Whether a statement is about the person the screening is for; words without any "I" may be about either."""
    if statement.subject == own:
        return True
    return own == OTHER and statement.subject == SELF and not _FIRST_PERSON.search(statement.text)


def _stored(question: Question, statement: Statement) -> dict[str, str | None]:
    detail = statement.detail[:DETAIL_MAX_LENGTH] if statement.detail and statement.value == YES else None
    return {question.id: statement.value, question.detail: detail}


def _without_loss(answers: Answers, updates: Mapping[str, str | None]) -> dict[str, str | None]:
    """A statement without a detail leaves the known detail as it is, unless the answer itself changed."""
    changed = {question for question, value in updates.items() if value != answers.get(question)}
    outdated = {f"{question}_detail" for question in changed if answers.get(f"{question}_detail") is not None}
    return {question: value for question, value in updates.items() if value is not None or question in outdated}


def _change(questionnaire: Questionnaire, answers: Answers, asked: str) -> Step:
    """Before the read-back, "let me change that" reopens the last clinical answer; at the read-back, we ask which."""
    if asked == READ_BACK:
        return Step(choose_change=True)
    given = [question.id for question in questionnaire.clinical if answers.get(question.id) is not None]
    if not given:
        return Step()
    return Step(updates=_reopened(questionnaire, given[-1]))


def _named_question(questionnaire: Questionnaire, text: str) -> str | None:
    """The question that a short message names, such as "the fracture one"."""
    plain = plain_words(text)
    named = [question.id for question in questionnaire.questions if any(f" {n} " in plain for n in question.names)]
    return named[0] if len(named) == 1 and len(plain.split()) <= MOST_WORDS else None


def _reopened(questionnaire: Questionnaire, question_id: str) -> dict[str, str | None]:
    question = next((question for question in questionnaire.questions if question.id == question_id), None)
    if question is None or not question.names:
        return {}
    detail = {question.detail: None} if question.clinical else {}
    return {question.id: None, **detail, READ_BACK: None}
