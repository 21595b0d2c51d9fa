"""What is texted of the assistant's replies: danger first, buttons numbered, punctuation folded, cut to length."""

import re
from collections.abc import Sequence

from candidacy.assistant.reply import Reply
from candidacy.dialogue.danger import LEVELS
from candidacy.sms.choices import numbered, offered
from candidacy.sms.gsm7 import fold
from candidacy.sms.keywords import Keywords
from candidacy.sms.splitting import split

FIRST_SCREEN = 160
"""Characters within which danger advice names the number to call: what a telephone shows of a text at once."""

_NUMBER_TO_CALL = re.compile(r"(?<!\w)(?:911|988|(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}|\+\d{7,15})(?!\w)")


def danger_first(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """The replies, those to a danger first, the most pressing of them before the others, else in their order."""
    return tuple(sorted(replies, key=lambda reply: LEVELS.index(reply.kind) if reply.kind in LEVELS else len(LEVELS)))


def body_parts(reply: Reply, *, invitation: str, keywords: Keywords) -> tuple[str, ...]:
    """The texts to send for one reply, in order; none for a blank one.

    Danger advice names its number within the first 160 characters of the first text; where the words do not, the
    number stands in a line of its own before them.

    Args:
        reply: one of which `privacy.may_be_texted` is true.
        invitation: the words above a list of choices, such as "Reply with a number:".
        keywords: titles that are command words are left out, see `choices.offered`.
    """
    titles = [fold(button.title) for button in offered(reply.buttons, keywords)]
    text = fold(reply.text).strip()
    if not text and not titles:
        return ()
    parts = split(numbered(text, titles, invitation=fold(invitation)))
    number = _NUMBER_TO_CALL.search(text)
    if reply.kind not in LEVELS or number is None or number.group() in parts[0][:FIRST_SCREEN]:
        return parts
    return split(numbered(f"{number.group()}\n{text}", titles, invitation=fold(invitation)))


def bodies(replies: Sequence[Reply], *, invitation: str, keywords: Keywords) -> tuple[str, ...]:
    """The texts to send for all replies to a message, in order; see `danger_first` and `body_parts`."""
    return tuple(
        part for reply in danger_first(replies) for part in body_parts(reply, invitation=invitation, keywords=keywords)
    )
