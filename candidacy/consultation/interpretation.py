"""What a message does to the consultation request: which field it fills, and what is to be said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from candidacy.consultation.fields import (
    CHANGEABLE,
    CONSENT,
    NAME,
    NO,
    NOTE,
    PHONE,
    REVIEW,
    SKIPPED,
    TIME,
    YES,
)
from candidacy.consultation.telephone import read_telephone
from candidacy.lay_words import MOST_WORDS, has_reservation, plain_words, worded_value

NAME_MAX_LENGTH = 80
NOTE_MAX_LENGTH = 500

_NAME_INTRODUCTION = re.compile(
    r"^\s*(?:(?:hi|hello|yes|ok|sure)[,.! ]+)?"
    r"(?:my (?:full )?name is|my name's|name is|name:|i am|i'm|im|it's|it is|this is|call me)\s+",
    re.IGNORECASE,
)
_NAME_SHAPE = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ .,'\u2019\-])*$")
_NAME_WORDS_MAX = 6

FIELD_NAMES = "field_names"
BARE_WORDS = 4
"""A yes or no of at most so many words is nothing more; a longer message says something."""
WORDS_FILE = Path(__file__).parent / "words.yml"

Words = Mapping[str, Mapping[str, Sequence[str]]]
"""Lay words by field and value."""


def load_words(path: Path = WORDS_FILE) -> Words:
    """Read the lay words for the values of a field."""
    words: Words = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


@dataclass(frozen=True)
class Said:
    """A visitor's message, as far as the request is concerned."""

    text: str = ""
    answer: str | None = None
    """A bare yes, no, unknown or skipped."""
    button: Mapping[str, str] = field(default_factory=dict)
    reopen: str | None = None
    """The field which a pressed button wants to give again."""
    choosing: bool = False
    """It answers "which would you like to change?": a yes confirms nothing there, and the list is read back again."""
    danger: bool = False
    """A red flag stands in it: whatever else it says, it is not for the request."""
    digression: bool = False
    """The message is for somebody else: a question, a stop, a red flag."""
    repeat: bool = False
    change: bool = False


@dataclass(frozen=True)
class Step:
    """What follows from a message."""

    updates: Mapping[str, str | None] = field(default_factory=dict)
    taken: bool = True
    misunderstood: bool = False
    help: str = "utter_not_understood"
    """What is said of the first answer to a question that was not understood."""
    choose_change: bool = False


def interpret(*, asked: str | None, said: Said, region: str, words: Words) -> Step:
    """What a message means for the field that was asked for (None before the first)."""
    if said.danger:
        return Step(taken=False)
    if asked is None:
        return Step()
    if said.reopen:
        return Step(updates=_given_again(said.reopen) if said.reopen in CHANGEABLE else {})
    if said.button:
        return Step(updates={asked: said.button[asked]} if asked in said.button else {})
    if said.repeat or (said.choosing and said.answer == YES):
        return Step()
    telephone = read_telephone(said.text, region=region)
    if asked == REVIEW:
        return _at_read_back(said, telephone, words[FIELD_NAMES])
    if said.digression:
        return Step(taken=False)
    value = _value(asked, said, telephone, words)
    if value is not None:
        return Step(updates={asked: value})
    if asked == PHONE and _has_digits(said.text):
        return Step(misunderstood=True, help="utter_phone_invalid")
    return Step(misunderstood=True)


def reads_as_answer(*, asked: str | None, said: Said, region: str, words: Words) -> bool:
    """Whether something in a message could fill the field that was asked for."""
    if said.answer is not None:
        return True
    if asked in (PHONE, REVIEW) and read_telephone(said.text, region=region) is not None:
        return True
    if asked == REVIEW:
        return _named_field(said.text, words[FIELD_NAMES]) is not None
    return asked is not None and worded_value(said.text, words.get(asked, {})) is not None


def _at_read_back(said: Said, telephone: str | None, field_names: Mapping[str, Sequence[str]]) -> Step:
    if telephone is not None:
        return Step(updates=_given_again(PHONE, telephone))
    reserved = said.answer == YES and has_reservation(said.text)
    named = _named_field(said.text, field_names) if said.answer != YES or reserved else None
    if named is not None:
        return Step(updates=_given_again(named))
    if said.change:
        return Step(choose_change=True)
    if said.digression:
        return Step(taken=False)
    if said.answer == NO or reserved:
        return Step(choose_change=True)
    if said.answer == YES:
        return Step(updates={REVIEW: YES})
    return Step(misunderstood=True)


def _given_again(field: str, value: str | None = None) -> dict[str, str | None]:
    """What a changed field changes: it is read back again, and another number needs its own consent."""
    consent = {CONSENT: None} if field == PHONE else {}
    return {field: value, **consent, REVIEW: None}


def _named_field(text: str, field_names: Mapping[str, Sequence[str]]) -> str | None:
    """The one field that a short message names, such as "the number is wrong"."""
    plain = plain_words(text)
    named = {field for field, names in field_names.items() if any(f" {name} " in plain for name in names)}
    return named.pop() if len(named) == 1 and len(plain.split()) <= MOST_WORDS else None


def _value(asked: str, said: Said, telephone: str | None, words: Words) -> str | None:
    if asked == PHONE:
        return telephone
    if asked == NAME:
        return _read_name(said)
    if asked == NOTE:
        return _read_note(said)
    if asked == CONSENT:
        return said.answer if said.answer in (YES, NO) else None
    value = worded_value(said.text, words[asked])
    return "any" if value is None and asked == TIME and said.answer == SKIPPED else value


def _read_name(said: Said) -> str | None:
    name = " ".join(_NAME_INTRODUCTION.sub("", said.text).strip(" .,!").split())
    if said.answer is not None or len(name.split()) > _NAME_WORDS_MAX:
        return None
    if not 2 <= len(name) <= NAME_MAX_LENGTH or not _NAME_SHAPE.match(name):
        return None
    return name


def _read_note(said: Said) -> str | None:
    """The words themselves; only a bare "no" or "skip" is none, and a bare "yes" still wants the words."""
    bare = said.answer is not None and len(said.text.split()) <= BARE_WORDS
    if bare and said.answer in (NO, SKIPPED):
        return SKIPPED
    if bare and said.answer == YES:
        return None
    return said.text.strip()[:NOTE_MAX_LENGTH] or None


def _has_digits(text: str) -> bool:
    return any(character.isdigit() for character in text)
