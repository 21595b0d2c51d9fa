"""Danger in what a visitor wrote, recognised and advised on without the assistant: the same on every channel.

Its advice comes before everything else, also while a person has the conversation and the assistant is silent.
"""

from typing import Protocol

import anyio.to_thread
import structlog

from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.dialogue.danger import danger_text
from candidacy.language.red_flag import RedFlag

log = structlog.get_logger(__name__)


class RedFlags(Protocol):
    """Recognises danger without Rasa; see `candidacy.language.red_flags.RedFlagDetector`."""

    def detect(self, text: str) -> RedFlag | None:
        """The danger that a text speaks of."""


async def find_danger(text: str, *, red_flags: RedFlags, **where: object) -> RedFlag | None:
    """The danger that a text speaks of; None also where a rule is broken, which must not cost anybody the answer.

    Args:
        text: what was written.
        red_flags: recognises danger.
        where: what the log names when it cannot; nothing of the text.
    """
    try:
        return await anyio.to_thread.run_sync(red_flags.detect, text)
    except Exception as error:
        log.error("red_flags.failed", reason=type(error).__name__, **where)
        return None


def danger_response(red_flag: RedFlag) -> str:
    """The name of the response that advises on a danger: by its level, and the language it was said in."""
    return danger_text(level=red_flag.level, language=red_flag.language)


def danger_replies(red_flag: RedFlag | None, *, texts: Texts, channel: str) -> tuple[Reply, ...]:
    """The advice on a danger, as a channel says it; nothing where there is none."""
    return () if red_flag is None else (texts.reply(danger_response(red_flag), channel=channel),)
