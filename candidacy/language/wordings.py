"""The small language in which families of wording are written, and the search for them in a list of words.

A wording is words with single spaces: ``one/other`` either word; ``word?`` may be left out; ``{group}`` any phrase of a
group (``{group}s`` with an ending); ``..`` up to three words in between, ``...`` up to six; ``$`` the end of the
clause. Gaps never reach over punctuation.

The search is by first word: a clause of twenty words tries a handful of wordings, however many there are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from candidacy.language.rule_files import RuleError

GAPS: Mapping[str, int] = {"..": 3, "...": 6}
"""How a wording leaves room: the sign, and the most words that may stand there."""

END = "$"
"""Stands for the end of the clause."""

_MARKS = ("/", "?", "{", END)
_GROUP = re.compile(r"^\{(\w+)\}(\w*)$")

_Phrase = tuple[str, ...]
_Choice = dict[str, list[_Phrase]]
"""The phrases that may stand in one place, by their first word and the longest first; "" stands for none at all."""
_Part = int | _Choice | None
"""A gap, a choice of phrases, or None for the end of the clause."""


def is_wording(phrase: str) -> bool:
    """Whether a phrase is more than plain words."""
    return any(mark in phrase for mark in _MARKS) or any(part in GAPS for part in phrase.split())


class Wordings:
    """A set of wordings that is searched for at once.

    Args:
        wordings: The wordings, in folded spelling; one is known by its place in this order.
        groups: The phrases of each group; a phrase is plain words, or ``{name}`` of another group alone.

    Raises:
        RuleError: a wording names a group that there is not, or begins with a gap.
    """

    def __init__(self, wordings: Sequence[str], *, groups: Mapping[str, Sequence[str]]) -> None:
        self._groups = groups
        read = lru_cache(maxsize=None)(self._part)
        self._by_first: dict[str, list[tuple[int, tuple[_Part, ...], frozenset[str]]]] = {}
        for which, wording in enumerate(wordings):
            parts = tuple(read(part) for part in wording.split())
            firsts = self._first_words(parts, wording)
            last = next(part for part in reversed(parts) if isinstance(part, dict) and "" not in part)
            for first in firsts:
                self._by_first.setdefault(first, []).append((which, parts, frozenset(last)))

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Which wordings stand where: its number, the first word and the one after the last."""
        present = frozenset(words)
        for start, word in enumerate(words):
            for which, parts, last in self._by_first.get(word, ()):
                # Most wordings are given up here, because no word stands anywhere that their last part needs.
                if not present.isdisjoint(last) and (end := _end(parts, 0, words, start)) is not None:
                    yield which, start, end

    def _part(self, part: str) -> _Part:
        if part in GAPS:
            return GAPS[part]
        if part == END:
            return None
        optional = part.endswith("?")
        phrases = [phrase for choice in part.removesuffix("?").split("/") for phrase in self._phrases(choice)]
        by_first: dict[str, list[_Phrase]] = {"": [()]} if optional else {}
        for phrase in sorted(set(phrases), key=len, reverse=True):
            by_first.setdefault(phrase[0], []).append(phrase)
        return by_first

    def _phrases(self, choice: str) -> Iterator[_Phrase]:
        group = _GROUP.match(choice)
        if group is None:
            yield (choice,)
            return
        name, ending = group.groups()
        if name not in self._groups:
            raise RuleError(f"{choice!r} names the group {name!r}, which there is not")
        for phrase in self._groups[name]:
            if phrase.startswith("{"):
                yield from self._phrases(f"{phrase}{ending}")
            else:
                yield tuple(f"{phrase}{ending}".split())

    @staticmethod
    def _first_words(parts: Sequence[_Part], wording: str) -> set[str]:
        first: set[str] = set()
        for part in parts:
            if not isinstance(part, dict):
                break
            first |= set(part)
            if "" not in part:
                return first
            first.remove("")
        raise RuleError(f"{wording!r} begins with nothing certain")


def _end(parts: Sequence[_Part], number: int, words: Sequence[str], at: int) -> int | None:
    """Where the wording ends that begins here, its gaps as wide as they can be; None when it does not stand here."""
    if number == len(parts):
        return at
    part = parts[number]
    if part is None:
        ends = not any(letter.isalnum() for word in words[at:] for letter in word)
        return at if ends else None
    if isinstance(part, int):
        for after in range(_furthest(words, at, part), at - 1, -1):
            end = _end(parts, number + 1, words, after)
            if end is not None:
                return end
        return None
    for phrase in part.get(words[at], ()) if at < len(words) else ():
        if tuple(words[at : at + len(phrase)]) == phrase:
            end = _end(parts, number + 1, words, at + len(phrase))
            if end is not None:
                return end
    return _end(parts, number + 1, words, at) if "" in part else None


def _furthest(words: Sequence[str], at: int, most: int) -> int:
    reach = at
    while reach < len(words) and reach - at < most and any(letter.isalnum() for letter in words[reach]):
        reach += 1
    return reach
