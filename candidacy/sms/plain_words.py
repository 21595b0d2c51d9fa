"""A text as bare words, for comparing it with what is listed in the data files."""

import re
import unicodedata

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u00b4`]")
_WORD = re.compile(r"[^\W_]+")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_MARK = "Mn"


def plain_words(text: str) -> tuple[str, ...]:
    """The words in small letters, without accents, apostrophes and punctuation; "STOOOP" is stop, "don't" is dont.

    Letters of another width or in circles are read as the letters they show.
    """
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    bare = "".join(character for character in decomposed if unicodedata.category(character) != _MARK)
    return tuple(_WORD.findall(_DRAWN_OUT.sub(r"\1", bare)))
