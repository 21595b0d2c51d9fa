"""Tells English from Spanish and from everything else, by letters and small words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from candidacy.language.rule_files import RULES, RuleError, phrases, read_rule_file
from candidacy.language.text import normalise

ENGLISH, SPANISH, OTHER = "en", "es", "other"

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 3
_OTHER_SCRIPT_SHARE = 0.5
_CLEARLY_MORE = 2


@dataclass(frozen=True)
class _Words:
    english: frozenset[str]
    spanish: frozenset[str]
    surely_spanish: frozenset[str]
    others: Mapping[str, frozenset[str]]


def spoken_language(text: str) -> str:
    """The language of a message: "en", "es" or "other"; short or unclear messages are "en".

    A message of three words or fewer counts as Spanish only by a word which is surely Spanish. Another language must
    have clearly more of its small words in the message than English has.
    """
    plain = normalise(text).lower()
    if _in_other_script(plain):
        return OTHER
    words = _WORD.findall(_without_accents(plain))
    known = _words(RULES / "spoken_languages.yml")
    if len(words) <= _SHORT:
        return (
            SPANISH if known.surely_spanish.intersection(words) and not known.english.intersection(words) else ENGLISH
        )
    english = _count(words, known.english)
    spanish = _count(words, known.spanish)
    other = max(_count(words, small_words) for small_words in known.others.values())
    if spanish >= other and spanish >= english + _CLEARLY_MORE:
        return SPANISH
    return OTHER if other > spanish and other >= english + _CLEARLY_MORE else ENGLISH


def _count(words: list[str], small_words: frozenset[str]) -> int:
    """How many different words are small words: "no fever, no fall" has one that is Spanish too."""
    return len(small_words.intersection(words))


def _in_other_script(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    foreign = [letter for letter in letters if "LATIN" not in unicodedata.name(letter, "")]
    return len(letters) > 0 and len(foreign) / len(letters) > _OTHER_SCRIPT_SHARE


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(character for character in decomposed if unicodedata.category(character) != "Mn")


@lru_cache(maxsize=1)
def _words(path: Path) -> _Words:
    """The word lists, read once when the first message comes."""
    content = read_rule_file(path)
    others = content.get("others")
    if not isinstance(others, dict):
        raise RuleError(f"{path}: 'others' must map names of languages to words")

    def plain(listed: tuple[str, ...]) -> frozenset[str]:
        return frozenset(_without_accents(word) for word in listed)

    return _Words(
        english=plain(phrases(content, "english", path=path)),
        spanish=plain(phrases(content, "spanish", path=path)),
        surely_spanish=plain(phrases(content, "surely_spanish", path=path)),
        others={str(name): plain(phrases(others, name, path=path)) for name in others},
    )
