"""What every reader of a message needs first: clean text, clauses, and whether there is anything to read."""

import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 256
"""Texts whose normal form is remembered: each reader of a message asks for it, and for each of its clauses."""

_QUOTES = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u0060\u00b4"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212"), "-"),
}
LONG_LETTERS = re.compile(r"([a-z])\1{2,}")
"""A letter written three or more times."""

_INNER_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")

_NUMBER = re.compile(r"\d+")
_YEAR_DIGITS = 4
_TELEPHONE_DIGITS = 7

_QUESTION_WORDS = r"(?:what|whats|when|where|why|how|hows|who|which)"
_AUXILIARIES = r"(?:is|are|am|was|were|do|does|did|can|could|will|would|should|has|have|may|might)"
_SUBJECTS = (
    r"(?:my|i|i'm|im|i've|ive|i'll|i'd|it|it's|you|he|he's|she|she's|we|they|they've|this|that|that's|there"
    r"|nobody|no one)\b"
)
_ANSWERS = r"(?:yes|yeah|yep|no|nope|not|never|none|maybe)"
_OWNERS = r"(?:my|his|her|our|the doctor|the surgeon|doctor|doctors|dr)"
_TURNS = r"(?:now|sorry|actually|wait|scratch|please|don't|dont|didn't|didnt|had)"
_OPENER = rf"(?:{_QUESTION_WORDS}|{_AUXILIARIES}|{_SUBJECTS}|{_ANSWERS}|{_OWNERS}|{_TURNS})\b"

_DASHES = "\u2013\u2014"
_SENTENCE_END = re.compile(
    rf"(?<!\bdr\.)(?<!\bmr\.)(?<!\bmrs\.)(?<!\bms\.)(?<!\bvs\.)(?<=[.!?])\s+|[;\n]+|\s+[-{_DASHES}]+\s+|\s*\u2014\s*",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    rf"""
    ,?\s+(?:but|however|although|though|whereas|except\ that)\b,?\s*   # always joins two clauses
    | ,?\s+(?:and|&|or|so|then|plus|also|because|cuz|bc|cause)\s+(?={_OPENER})
    | ,\s*(?:and|but|so|then)?\s*(?={_OPENER})
    | (?<=^no)\s+(?={_SUBJECTS}) | (?<=^nope)\s+(?={_SUBJECTS}) | (?<=^nah)\s+(?={_SUBJECTS})   # "no I have one"
    | (?<=^yes)\s+(?={_SUBJECTS}) | (?<=^yeah)\s+(?={_SUBJECTS}) | (?<=^yep)\s+(?={_SUBJECTS})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_INVERSION_AFTER = (
    "if",
    "what",
    "when",
    "how",
    "where",
    "why",
    "who",
    "that",
    "said",
    "not",
    "much",
    "long",
    "soon",
    "which",
    "many",
    "often",
    "big",
    "know",
    "sure",
    "understand",
)
_INVERSION = re.compile(
    "".join(rf"(?<!\b{word})" for word in _NO_INVERSION_AFTER)
    + r"""
    \s+(?=(?:
        (?:can|could|do|does|did|will|would|should)\s+(?:i|it|you|they|we|he|she|my)
        | (?:is|are)\s+(?:it|that|this|there)\s
        | how\s+(?:long|much|many|soon|big)
        | what\s+(?:is|are)\s+(?!called)
    )\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_QUESTION_OPENING = re.compile(
    rf"^\W*(?:and\s+|so\s+|but\s+|ok\s+|also\s+)*(?:{_QUESTION_WORDS}|{_AUXILIARIES})\b", re.IGNORECASE
)


@lru_cache(maxsize=_REMEMBERED)
def normalise(text: str) -> str:
    """The text in one spelling of its characters: NFKC, plain quotes, nothing invisible, single spaces."""
    composed = text.translate(_QUOTES)
    if not (text.isascii() and text.isprintable()):
        composed = unicodedata.normalize("NFKC", text).translate(_QUOTES)
        composed = "".join(_visible(character) for character in composed)
    return _LINES.sub("\n", _SPACES.sub(" ", composed)).strip()


def without_inner_apostrophes(text: str) -> str:
    """The text with "don't" as "dont"."""
    return _INNER_APOSTROPHE.sub("", text)


def split_clauses(text: str) -> list[str]:
    """The clauses of a message in order: its sentences, cut where a new subject, question or answer begins.

    A list of things ("fractures, arthritis or surgery") stays in one piece. Blank text has no clauses.
    """
    clauses: list[str] = []
    for sentence in _SENTENCE_END.split(normalise(text)):
        for part in _CONNECTIVE.split(sentence):
            clauses.extend(_split_questions(part))
    return [clause for clause in (clause.strip(" ,") for clause in clauses) if not is_blank(clause)]


def is_blank(text: str) -> bool:
    """Whether there is nothing to read: no letter and no digit, so also a lone "?" or emoji."""
    return not any(character.isalnum() for character in text)


def is_bare_number(text: str) -> bool:
    """Whether it is a number and nothing else that means nothing by itself: of a list, or a telephone's.

    A year may be an answer; so may "50 50" and "100%".
    """
    if any(character.isalpha() or character == "%" for character in text):
        return False
    numbers = _NUMBER.findall(text)
    return sum(map(len, numbers)) >= _TELEPHONE_DIGITS or (len(numbers) == 1 and len(numbers[0]) < _YEAR_DIGITS)


def _split_questions(clause: str) -> list[str]:
    """Cut where a question begins without punctuation ("i have stenosis can it be fixed")."""
    if _QUESTION_OPENING.match(clause):
        return [clause]
    return _INVERSION.split(clause, maxsplit=1)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Co", "Cn", "Cs"):
        return ""
    if category == "Cc" and character != "\n":
        return " "
    return character
