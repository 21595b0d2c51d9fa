"""Buttons as a numbered list, and which of them a text chooses."""

from collections.abc import Sequence

from candidacy.assistant.reply import Button
from candidacy.sms.keywords import Keywords


def offered(buttons: Sequence[Button], keywords: Keywords) -> tuple[Button, ...]:
    """The buttons that a list may offer: those whose title is no command word (see `keywords.is_command_word`)."""
    raise NotImplementedError


def numbered(text: str, titles: Sequence[str], *, invitation: str) -> str:
    """The text with the titles under it, numbered from 1 and after an invitation to reply; without titles, the text."""
    raise NotImplementedError


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """The place (from 0) of the title that a text chooses by its number or its words, or None: then it is free text.

    The list belongs to the last question only: the titles are those of the newest message, or none.
    """
    raise NotImplementedError
