"""A long text as several shorter ones, cut where a reader would pause."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from candidacy.sms.gsm7 import EXTENSION, graphemes, utf16_units

RULE = 320
"""Units a text has at most as a rule."""
MOST = 1600
"""Units a text never has more of: Twilio refuses longer ones (error 21617)."""
LEAST = 20
"""A smaller limit would leave no room for a telephone number."""

_PARAGRAPH, _LINE, _SENTENCE, _WORD = range(4)
"""Kinds of a pause, the best first."""

_SHARE = 1 / 3
"""A better pause is taken only if the part before it fills at least this share of the limit."""
_BLANKS = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*$")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:dr|mr|mrs|ms|st|vs|no|ext|approx|e\.g|i\.e)\.$", re.IGNORECASE)
_NUMBER = re.compile(r"[+(]?\d(?:[\d().\-/]| (?=[\d(])){1,24}\d(?: ?(?:x|ext\.?) ?\d{1,6})?")
"""Digits as people group them: a telephone number, with its extension, holds blanks and is one thing all the same."""


def split(text: str, *, limit: int = RULE, most: int = MOST) -> tuple[str, ...]:
    """The parts of a text, in order; blank text has none.

    Cut between paragraphs, else lines, else sentences, else words. A link, a telephone number and an emoji sequence
    are never cut: one that is longer than the limit is a part of its own, and only past `most` is it cut all the same.

    Args:
        text: already folded.
        limit: units a part has at most, as `gsm7.units` counts them.
        most: units that a part never has more of.

    Raises:
        ValueError: the limits are not 20 <= limit <= most.
    """
    if not LEAST <= limit <= most:
        raise ValueError(f"the limits must be {LEAST} <= limit <= most, not {limit} and {most}")
    parts: list[str] = []
    rest = text.strip()
    while rest:
        cut = _cut(rest, limit=limit, most=most)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(parts)


def _cut(text: str, *, limit: int, most: int) -> int:
    """Where the first part of a text ends."""
    reach = _reach(text, limit)
    if reach == len(text):
        return reach
    pauses = list(_pauses(text))
    near = [(place, kind) for place, kind in pauses if place <= reach]
    for kind in (_PARAGRAPH, _LINE, _SENTENCE):
        best = max((place for place, found in near if found == kind), default=0)
        if best >= reach * _SHARE:
            return best
    if near:
        return near[-1][0]
    end_of_thing = pauses[0][0] if pauses else len(text)
    farthest = _reach(text, most)
    return end_of_thing if end_of_thing <= farthest else _between_graphemes(text, farthest)


def _reach(text: str, limit: int) -> int:
    """How many characters from the start fit, whichever encoding the part turns out to need."""
    costs = accumulate(2 if character in EXTENSION else utf16_units(character) for character in text)
    return bisect_right(list(costs), limit)


def _pauses(text: str) -> Iterator[tuple[int, int]]:
    """The places at which a part may end, and what kind of pause each is."""
    things = [match.span() for match in _NUMBER.finditer(text)]
    for blank in _BLANKS.finditer(text):
        place = blank.start()
        if not any(start < place < end for start, end in things):
            yield place, _kind(text[max(0, place - 12) : place], blank.group())


def _kind(before: str, blank: str) -> int:
    lines = blank.count("\n")
    if lines:
        return _PARAGRAPH if lines > 1 else _LINE
    return _SENTENCE if _SENTENCE_END.search(before) and not _ABBREVIATION.search(before) else _WORD


def _between_graphemes(text: str, farthest: int) -> int:
    """The last place up to the farthest that is not inside of a grapheme; the farthest when the first is longer."""
    ends = list(accumulate(len(grapheme) for grapheme in graphemes(text[: farthest + 1])))
    return max((end for end in ends if end <= farthest), default=farthest)
