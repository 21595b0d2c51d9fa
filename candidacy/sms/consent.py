"""The first contact by text: who is told what, and what a recorded yes opens."""

from dataclasses import dataclass
from enum import Enum

WORDING_VERSION = "1"
"""Version of the wording in utter_sms_welcome; a change of meaning there gets a new one."""

WELCOME = "utter_sms_welcome"
"""Who writes, what for, how often, what it costs, HELP and STOP, not encrypted; and: is that all right?"""
THANKS = "utter_sms_consent_yes"
DECLINED_TEXT = "utter_sms_consent_no"
AGAIN = "utter_sms_consent_again"
"""Asks once more for the yes, when something is wanted that needs it."""


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


def next_step(state: ConsentState, text: str, *, asked_last: bool, danger: bool) -> Step:
    """What follows from a text that is no command.

    Danger and questions are answered in every state; only a yes lets the screening begin (`may_screen`).

    Args:
        state: before the text.
        text: the words.
        asked_last: whether the newest text sent asks for the consent, so that a bare yes answers it.
        danger: whether a red flag stands in the text; then nothing in it counts as a yes or no.
    """
    raise NotImplementedError


def may_screen(state: ConsentState) -> bool:
    """Whether screening questions may be asked and answers stored."""
    raise NotImplementedError
