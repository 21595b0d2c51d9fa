"""Lay words for a value, found in a short message; pure, and known to screening and consultation alike."""

import re
from collections.abc import Mapping, Sequence

MOST_WORDS = 8
"""Lay words ("me", "none of them") count only in a message of at most so many words."""

_HOUR = re.compile(r"\b\d{1,2}(?::\d\d)? ?(am|pm)\b")
_EXCEPTION = re.compile(r"\b(?:except|unless|apart|other than|though|although|only)\b")
_PROVISO = re.compile(r"\b(?:except|unless)\b")
_RESERVATION = re.compile(
    r"\b(?:not|no|never|without|except|but|almost|later|instead|only|rather|wrong|change"
    r"|dont|doesnt|didnt|cant|cannot|wont|isnt|arent|wasnt|shouldnt)\b"
)


def plain_words(text: str) -> str:
    """The words of a text in small letters between single blanks, without apostrophes, with a blank at both ends."""
    bare = re.sub(r"['\u2019]", "", text.lower())
    words = re.sub(r"[^a-z0-9 -]", " ", _HOUR.sub(r"hour \1", bare))
    return f" {' '.join(words.split())} "


def has_exception(text: str) -> bool:
    """Whether a text sets something apart from its yes or no: "none, except one", "yes, not the spine though"."""
    return bool(_EXCEPTION.search(plain_words(text)))


def has_proviso(text: str) -> bool:
    """Whether a text makes its yes or no hang on something: "no, unless you count one"."""
    return bool(_PROVISO.search(plain_words(text)))


def has_reservation(text: str) -> bool:
    """Whether a text takes something back or sets something apart: "yes, except the name"."""
    return bool(_RESERVATION.search(plain_words(text)))


def worded_value(text: str, words: Mapping[str, Sequence[str]]) -> str | None:
    """The one value whose words a short message holds.

    None when it holds none or those of several, is long or a question, or says something against it ("not me").
    """
    plain = plain_words(text)
    if len(plain.split()) > MOST_WORDS or text.rstrip().endswith("?"):
        return None
    found = {phrase: value for value, phrases in words.items() for phrase in phrases if f" {phrase} " in plain}
    longest = {
        phrase for phrase in found if not any(f" {phrase} " in f" {other} " for other in found if other != phrase)
    }
    values = {found[phrase] for phrase in longest}
    rest = plain
    for phrase in longest:
        rest = rest.replace(f" {phrase} ", " ")
    return values.pop() if len(values) == 1 and not _RESERVATION.search(rest) else None
