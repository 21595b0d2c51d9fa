"""Reads a bare yes, no or unknown off a clause, whatever was asked."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from candidacy.language.rule_files import RuleError, checked_phrases, phrases, read_rule_file
from candidacy.language.spelling import Spelling

ANSWERS = ("yes", "no", "unknown")

_NOT_WORDS = re.compile(r"[^\w\s]+|\b\d\b")
_NO_AND_A_STOP = re.compile(r"\bno\s*[^\w\s]")
_MOST_WORDS = 14
"""A clause of more words is no bare answer, however it is put together."""


class AnswerReader:
    """Knows the many ways to say yes, no and "I don't know".

    Args:
        path: The rule file: ``fillers``, ``neutral``, ``counts``, ``whole``, ``beginning``, ``after_no`` and
            ``neither``.
        spelling: Folds the phrases of the file; clauses are expected in the same spelling.

    Raises:
        RuleError: the rule file is missing or malformed.
    """

    def __init__(self, *, path: Path, spelling: Spelling) -> None:
        content = read_rule_file(path)

        def listed(name: str) -> list[str]:
            return [_plain(spelling.fold(phrase)) for phrase in phrases(content, name, path=path)]

        self._whole = self._by_phrase(content, "whole", path=path, spelling=spelling)
        self._beginning = self._by_phrase(content, "beginning", path=path, spelling=spelling)
        self._neither = frozenset(listed("neither"))
        self._after_no = frozenset(listed("after_no"))
        self._fillers = frozenset(listed("fillers"))
        self._counts = frozenset(listed("counts"))
        silent: dict[str, str | None] = dict.fromkeys((*listed("neutral"), *self._fillers, *self._counts))
        self._silent = frozenset(silent)
        self._pieces = {**self._whole, **silent}
        self._longest = max(len(phrase.split()) for phrase in (*self._pieces, *self._beginning, *self._neither))

    def whole(self, folded: str) -> str | None:
        """The answer, when the clause is nothing else: an answer, fillers, and words that say nothing by themselves."""
        plain = _plain(folded)
        if plain in self._whole:
            return self._whole[plain]
        words = plain.split()
        if not words or len(words) > _MOST_WORDS:
            return None
        found = self._pieced_together(words)
        if len(found) > 1 and found <= {"unknown", "yes"}:
            return "unknown"
        return found.pop() if len(found) == 1 else None

    def says_nothing(self, folded: str) -> bool:
        """Whether a text has only fillers and words that say nothing by themselves."""
        words = _plain(folded).split()
        while words and (piece := self._begins(words, self._silent)):
            words = words[len(piece.split()) :]
        return not words

    def only_counts(self, folded: str) -> bool:
        """Whether a clause says how often or how many, and nothing else."""
        words = _plain(folded).split()
        while words and (filler := self._begins(words, self._fillers)):
            words = words[len(filler.split()) :]
        return " ".join(words) in self._counts

    def beginning(self, folded: str) -> str | None:
        """The answer that the clause begins with."""
        words = _plain(folded).split()
        while True:
            if self._begins(words, self._neither):
                return None
            found = self._begins(words, self._beginning)
            if found is not None:
                goes_on = found == "no" and words[1:] and words[1] not in self._after_no
                return None if goes_on and not _NO_AND_A_STOP.search(folded) else self._beginning[found]
            filler = self._begins(words, self._fillers)
            if filler is None:
                return None
            words = words[len(filler.split()) :]

    def _pieced_together(self, words: Sequence[str]) -> set[str]:
        """The answers in a clause that known pieces cover without a rest; none when something is left over."""
        found: set[str] = set()
        at = 0
        while at < len(words):
            piece = self._begins(words[at:], self._pieces)
            if piece is None:
                return set()
            answer = self._pieces[piece]
            if answer is not None:
                found.add(answer)
            at += len(piece.split())
        return found

    def _begins(self, words: Sequence[str], known: Collection[str]) -> str | None:
        """The longest known phrase that the words begin with."""
        for length in range(min(self._longest, len(words)), 0, -1):
            phrase = " ".join(words[:length])
            if phrase in known:
                return phrase
        return None

    @staticmethod
    def _by_phrase(content: Mapping[str, object], name: str, *, path: Path, spelling: Spelling) -> Mapping[str, str]:
        listed = content.get(name)
        if not isinstance(listed, dict) or set(listed) != set(ANSWERS):
            raise RuleError(f'{path}: \'{name}\' must map "yes", "no" and unknown to phrases')
        by_phrase: dict[str, str] = {}
        for answer in ANSWERS:
            said: Sequence[str] = checked_phrases(listed[answer], name=f"{name}.{answer}", path=path)
            by_phrase.update({_plain(spelling.fold(phrase)): answer for phrase in said})
        return by_phrase


def _plain(folded: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", folded).split())
