"""What is typed into the search, as phrases of plain words that both databases look up alike."""

import re
import unicodedata

_QUOTED_OR_WORD = re.compile(r'"([^"]*)"?|(\S+)')
_ACCENT = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 20
"""More words than anybody types; what comes after them is left out."""

Phrase = tuple[str, ...]


def read_phrases(text: str) -> tuple[Phrase, ...]:
    """The phrases that a message must all have: each word, and what stands between quotes or is joined by signs.

    Signs mean nothing to the search: "L4-L5" is the phrase "l4 l5".
    """
    found = []
    room = MOST_WORDS
    for quoted, word in _QUOTED_OR_WORD.findall(text):
        phrase = words_in(quoted or word)[:room]
        room -= len(phrase)
        if phrase:
            found.append(phrase)
    return tuple(dict.fromkeys(found))


def words_in(text: str) -> Phrase:
    """The words and numbers of a text, in lower case and without accents."""
    plain = _ACCENT.sub("", unicodedata.normalize("NFD", text.lower()))
    return tuple(_WORD.findall(plain))
