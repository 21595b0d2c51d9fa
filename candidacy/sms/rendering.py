"""What is texted of the assistant's replies: danger first, buttons numbered, punctuation folded, cut to length."""

from collections.abc import Sequence

from candidacy.assistant.reply import Reply
from candidacy.sms.keywords import Keywords

FIRST_SCREEN = 160
"""Units within which danger advice names the number to call: what a telephone shows of a text at once."""


def danger_first(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """The replies, those to a danger first, else in their order."""
    raise NotImplementedError


def body_parts(reply: Reply, *, invitation: str, keywords: Keywords) -> tuple[str, ...]:
    """The texts to send for one reply, in order.

    Danger advice is brought into a form in which its number stands within the first 160 units of the first text.

    Args:
        reply: one of which `privacy.may_be_texted` is true.
        invitation: the words above a list of choices, such as "Reply with a number:".
        keywords: titles that are command words are left out, see `choices.offered`.
    """
    raise NotImplementedError


def bodies(replies: Sequence[Reply], *, invitation: str, keywords: Keywords) -> tuple[str, ...]:
    """The texts to send for all replies to a message, in order; see `danger_first` and `body_parts`."""
    raise NotImplementedError
