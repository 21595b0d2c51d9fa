"""The first contact by text: who is told what, and what a recorded yes opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from candidacy.language.rule_files import phrases, read_rule_file
from candidacy.sms.plain_words import plain_words

CONSENT_FILE = Path(__file__).parent / "consent.yml"

WORDING_VERSION = "1"
"""Version of the wording in utter_sms_welcome; a change of meaning there gets a new one."""

WELCOME = "utter_sms_welcome"
"""Who writes, what for, how often, what it costs, HELP and STOP, not encrypted; and: is that all right?"""
THANKS = "utter_sms_consent_yes"
DECLINED_TEXT = "utter_sms_consent_no"
AGAIN = "utter_sms_consent_again"
"""Asks once more for the yes, when something is wanted that needs it."""

_YES, _NO, _GREETING = "yes", "no", "greetings"

ConsentWords = Mapping[tuple[str, ...], str]
"""What a whole text says: yes, no or a greeting."""


class ConsentState(Enum):
    """What a number has said to being texted."""

    NEW = "new"
    WELCOMED = "welcomed"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True)
class Step:
    """What follows from a text.

    Attributes:
        state: afterwards.
        record: the yes or no to be stored with time and wording version; None when none was given.
        forward: whether the text goes to the assistant; its answer comes first.
        say: the responses to send after that, in order.
    """

    state: ConsentState
    record: bool | None = None
    forward: bool = False
    say: tuple[str, ...] = ()


def load_consent_words(path: Path = CONSENT_FILE) -> ConsentWords:
    """Read the words of a consent; raises RuleError, naming the file, when they cannot be used."""
    content = read_rule_file(path)
    return {
        plain_words(phrase): meaning
        for meaning in (_YES, _NO, _GREETING)
        for phrase in phrases(content, meaning, path=path)
    }


def next_step(state: ConsentState, text: str, *, asked_last: bool, danger: bool, words: ConsentWords) -> Step:
    """What follows from a text that is no command.

    Danger and questions are answered in every state; only a yes lets the screening begin (`may_screen`). Somebody in
    danger is not welcomed in the same breath, but with their next text.

    Args:
        state: before the text.
        text: the words; of a choice from a list, its title.
        asked_last: whether the newest text sent asks for the consent, so that a bare yes answers it.
        danger: whether a red flag stands in the text; then nothing in it counts as a yes or no.
        words: see `load_consent_words`.
    """
    said = None if danger else words.get(plain_words(text))
    if state is ConsentState.NEW:
        return (
            Step(state, forward=True) if danger else Step(ConsentState.WELCOMED, forward=said is None, say=(WELCOME,))
        )
    if not asked_last or state is ConsentState.AGREED:
        return Step(state, forward=True)
    if said == _YES:
        return Step(ConsentState.AGREED, record=True, say=(THANKS,))
    if said == _NO:
        return Step(ConsentState.DECLINED, record=False, say=(DECLINED_TEXT,))
    return Step(state, forward=True)


def may_screen(state: ConsentState) -> bool:
    """Whether screening questions may be asked and answers stored."""
    return state is ConsentState.AGREED


def before_screening(state: ConsentState) -> tuple[str, ...]:
    """What is said instead of a screening question: nothing after a yes, else it is asked for once more."""
    return () if may_screen(state) else (AGAIN,)
