"""Reads a bare yes, no or unknown off a clause, whatever was asked."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from candidacy.language.rule_files import RuleError, checked_phrases, phrases, read_rule_file
from candidacy.language.spelling import Spelling

ANSWERS = ("yes", "no", "unknown")

_NOT_WORDS = re.compile(r"[^\w\s]+|\b\d\b")


class AnswerReader:
    """Knows the many ways to say yes, no and "I don't know".

    Args:
        path: The rule file: ``fillers``, ``whole``, ``beginning`` and ``neither``.
        spelling: Folds the phrases of the file; clauses are expected in the same spelling.

    Raises:
        RuleError: the rule file is missing or malformed.
    """

    def __init__(self, *, path: Path, spelling: Spelling) -> None:
        content = read_rule_file(path)
        fillers = [spelling.fold(filler) for filler in phrases(content, "fillers", path=path)]
        either = "|".join(re.escape(filler) for filler in sorted(fillers, key=len, reverse=True))
        self._leading = re.compile(rf"^(?:(?:{either})\s+)+")
        self._trailing = re.compile(rf"(?:\s+(?:{either}))+$")
        self._whole = self._by_phrase(content, "whole", path=path, spelling=spelling)
        self._beginning = self._by_phrase(content, "beginning", path=path, spelling=spelling)
        self._neither = tuple(spelling.fold(phrase) for phrase in phrases(content, "neither", path=path))

    def whole(self, folded: str) -> str | None:
        """The answer, when the clause is nothing else."""
        plain = _plain(folded)
        for candidate in (plain, self._leading.sub("", plain), self._trailing.sub("", plain)):
            if candidate in self._whole:
                return self._whole[candidate]
        return self._whole.get(self._trailing.sub("", self._leading.sub("", plain)))

    def beginning(self, folded: str) -> str | None:
        """The answer that the clause begins with."""
        plain = _plain(folded)
        for candidate in (plain, self._leading.sub("", plain)):
            if any(_begins(candidate, phrase) for phrase in self._neither):
                return None
            found = [phrase for phrase in self._beginning if _begins(candidate, phrase)]
            if found:
                return self._beginning[max(found, key=len)]
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


def _begins(text: str, phrase: str) -> bool:
    return text == phrase or text.startswith(f"{phrase} ")
