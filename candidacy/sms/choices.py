"""Buttons as a numbered list, and which of them a text chooses."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from candidacy.assistant.reply import Button
from candidacy.language.rule_files import RuleError, checked_phrases, phrases, read_rule_file
from candidacy.sms.keywords import Keywords, is_command_word
from candidacy.sms.plain_words import plain_words

CHOICES_FILE = Path(__file__).parent / "choices.yml"

_KEYCAP = re.compile("[\ufe0e\ufe0f\u20e3]")
_SIGNED = re.compile(r"[-+\u2212]\s*\d|\d\s*[%.,:/]\s*\d")
"""Something that is a number and no choice: -2, 2.5, 2:30, 2/3."""


@dataclass(frozen=True)
class ChoiceWords:
    """The content of choices.yml: the numbers by their words, and what may be said around one."""

    numbers: Mapping[str, int]
    around: frozenset[tuple[str, ...]]


def load_choice_words(path: Path = CHOICES_FILE) -> ChoiceWords:
    """Read the words for choosing; raises RuleError, naming the file, when they cannot be used."""
    content = read_rule_file(path)
    try:
        numbers = {
            word: int(number)
            for number, words in content["numbers"].items()
            for word in checked_phrases(words, name=f"numbers / {number}", path=path)
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise RuleError(f"{path}: 'numbers' must be lists of words by their number") from error
    return ChoiceWords(
        numbers=numbers, around=frozenset(plain_words(phrase) for phrase in phrases(content, "around", path=path))
    )


def offered(buttons: Sequence[Button], keywords: Keywords) -> tuple[Button, ...]:
    """The buttons that a list may offer: those whose title is no command word (see `keywords.is_command_word`)."""
    return tuple(button for button in buttons if not is_command_word(button.title, keywords))


def numbered(text: str, titles: Sequence[str], *, invitation: str) -> str:
    """The text with the titles under it, numbered from 1 and after an invitation to reply; without titles, the text."""
    if not titles:
        return text
    lines = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    return "\n".join((text, "", invitation, *lines))


def chosen(text: str, titles: Sequence[str], words: ChoiceWords) -> int | None:
    """The place (from 0) of the title that a text chooses by its number or its words, or None: then it is free text.

    "2", "two", "2.", "#2", "number 2 please", "the second one", the title itself, or number and title together.
    The list belongs to the last question only: the titles are those of the newest message, or none.
    """
    said = plain_words(_KEYCAP.sub("", unicodedata.normalize("NFKC", text)))
    by_words = {plain_words(title): place for place, title in enumerate(titles)}
    if said in by_words:
        return by_words[said]
    if _SIGNED.search(text):
        return None
    place = _numbered_place(_without_around(said, words), words)
    if place is None and len(said) > 1:
        first = _numbered_place(said[:1], words)
        place = first if first is not None and said[1:] and by_words.get(said[1:]) == first else None
    return place if place is not None and place < len(titles) else None


def _numbered_place(said: tuple[str, ...], words: ChoiceWords) -> int | None:
    if len(said) != 1:
        return None
    number = int(said[0]) if said[0].isdecimal() and len(said[0]) < 3 else words.numbers.get(said[0], 0)
    return number - 1 if number > 0 else None


def _without_around(said: tuple[str, ...], words: ChoiceWords) -> tuple[str, ...]:
    """What is left when everything that may be said around a number is taken off both ends, but for the last word."""
    for phrase in sorted(words.around, key=len, reverse=True):
        length = len(phrase)
        if length >= len(said):
            continue
        if said[:length] == phrase:
            return _without_around(said[length:], words)
        if said[-length:] == phrase:
            return _without_around(said[:-length], words)
    return said
