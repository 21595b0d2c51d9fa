"""Folds the many spellings of a message into the one spelling that the rules are written in."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from candidacy.language.rule_files import RuleError, phrases, read_rule_file
from candidacy.language.text import normalise

_APOSTROPHES = re.compile(r"(?<=\w)'(?=\w)|(?<=\w)'(?=\s|$)|(?<=\s)'(?=\w)|^'")
_HYPHENS = re.compile(r"(?<=[a-z])-(?=[a-z])")
_LEVELS = re.compile(r"\b([ctls])[- ](\d{1,2})\b")
_LONG_LETTERS = re.compile(r"([a-z])\1{2,}")
_WORD = re.compile(r"[a-z]+")
_TWO_EDITS_FROM = 9
_ONE_EDIT_FROM = 6


class Spelling:
    """Lower case, no apostrophes, accents or inner hyphens, usual misspellings put right.

    Args:
        path: The rule file with ``replace`` (phrases and how they are read), ``close`` (words also read when
            misspelt) and ``keep`` (words never changed).

    Raises:
        RuleError: the rule file is missing or malformed.
    """

    def __init__(self, path: Path) -> None:
        content = read_rule_file(path)
        self._replacements = _replacements(content, path)
        longest_first = sorted(self._replacements, key=len, reverse=True)
        self._replaceable = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        self._close = phrases(content, "close", path=path)
        self._unchanged = {*self._close, *phrases(content, "keep", path=path)}
        self._nearest = lru_cache(maxsize=4096)(self._find_nearest)

    def fold(self, text: str) -> str:
        """The text in the spelling of the rules; punctuation that ends or divides clauses stays."""
        lowered = unicodedata.normalize("NFD", normalise(text).lower())
        plain = "".join(character for character in lowered if unicodedata.category(character) != "Mn")
        plain = _HYPHENS.sub(" ", _APOSTROPHES.sub("", plain))
        plain = _LEVELS.sub(r"\1\2", _LONG_LETTERS.sub(r"\1", plain))
        plain = self._replaceable.sub(lambda match: self._replacements[match[0]], plain)
        return _WORD.sub(lambda match: self._nearest(match[0]), plain)

    def _find_nearest(self, word: str) -> str:
        if len(word) < _ONE_EDIT_FROM or word in self._unchanged:
            return word
        allowed = 2 if len(word) >= _TWO_EDITS_FROM else 1
        near = [
            (DamerauLevenshtein.distance(word, known, score_cutoff=allowed), known)
            for known in self._close
            if known[0] == word[0]
        ]
        distance, nearest = min(near, default=(allowed + 1, word))
        return nearest if distance <= allowed else word


def shorthand(path: Path) -> dict[str, str]:
    """The single words of the rule file's ``replace``, and what each is read as; raises RuleError as above."""
    replacements = _replacements(read_rule_file(path), path)
    return {written: read for written, read in replacements.items() if written.isalpha()}


def _replacements(content: Mapping[str, Any], path: Path) -> dict[str, str]:
    replacements = content.get("replace")
    if not isinstance(replacements, dict):
        raise RuleError(f"{path}: 'replace' must map phrases to phrases")
    return {str(written): str(read) for written, read in replacements.items()}
