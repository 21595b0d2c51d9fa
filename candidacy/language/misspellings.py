"""Puts misspelt words right before a text is classified: "waht does fusoin mean" is read as "what does fusion mean".

Only a word that is neither English nor of the examples is changed, to the commonest word of the examples that is one
slip away (two in a long word). The words are learnt, so that the examples' own vocabulary decides what is meant.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "in")
_SHORTEST_STEM = 3
_SHORTEST_TARGET = 3
_SHORTEST_MISSPELT = 4
_LONG_WORD = 8
_SHORTHAND_LENGTH = 3
_USUAL = 3
_USUAL_IF_UNKNOWN = 8
_SEEN = 4


class MisspellingFolder:
    """Folds misspelt words into words that the examples use.

    Args:
        english: Words that are right although no example has them.
        shorthand: What usual misspellings and abbreviations stand for; words of up to three letters are replaced
            even if they are English ("u", "hr").
        targets: The words that a misspelt one may mean, the commonest first.
        seen: Words of the examples that are left as they are.
    """

    def __init__(
        self,
        *,
        english: Collection[str],
        shorthand: Mapping[str, str],
        targets: Iterable[str],
        seen: Collection[str],
    ) -> None:
        self._english = frozenset(english)
        self._shorthand = dict(shorthand)
        self._targets = tuple(targets)
        self._seen = frozenset(seen)
        self._folded = lru_cache(maxsize=8192)(self._fold_word)

    @classmethod
    def learn(
        cls, texts: Iterable[str], *, english: Collection[str], shorthand: Mapping[str, str]
    ) -> "MisspellingFolder":
        """A folder for the words of examples; a word that is not English must be frequent to be a target."""
        counts = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
        targets = [
            word
            for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            if "'" not in word
            and len(word) >= _SHORTEST_TARGET
            and count >= (_USUAL if word in english else _USUAL_IF_UNKNOWN)
        ]
        seen = sorted(word for word, count in counts.items() if count >= _SEEN)
        return cls(english=english, shorthand=shorthand, targets=targets, seen=seen)

    def fold(self, text: str) -> str:
        """The text in small letters, with its misspelt words put right."""
        return _WORD.sub(lambda match: self._folded(match[0]), text.lower())

    def as_dict(self) -> dict[str, Any]:
        """What was learnt, as plain JSON values; the English words come with the encoder."""
        return {"shorthand": self._shorthand, "targets": list(self._targets), "seen": sorted(self._seen)}

    @classmethod
    def from_dict(cls, learnt: Mapping[str, Any], *, english: Collection[str]) -> "MisspellingFolder":
        """The folder that :meth:`as_dict` described."""
        return cls(english=english, **learnt)

    def _fold_word(self, word: str) -> str:
        meant = self._shorthand.get(word)
        if meant is not None and (word not in self._english or len(word) <= _SHORTHAND_LENGTH):
            return meant
        if len(word) < _SHORTEST_MISSPELT or "'" in word or self._is_known(word):
            return word
        slips = 1 if len(word) < _LONG_WORD else 2
        found = extractOne(
            word,
            [target for target in self._targets if target[0] == word[0] and abs(len(target) - len(word)) <= slips],
            scorer=DamerauLevenshtein.distance,
            score_cutoff=slips,
        )
        return str(found[0]) if found else word

    def _is_known(self, word: str) -> bool:
        if word in self._english or word in self._seen:
            return True
        stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
        return any(self._is_stem(stem) for stem in stems if len(stem) >= _SHORTEST_STEM)

    def _is_stem(self, stem: str) -> bool:
        """ "fix" of "fixes", "hop" of "hopp(ing)", "rid" of "rid(ing)"."""
        doubled = stem[-1] == stem[-2] and stem[:-1] in self._english
        return stem in self._english or f"{stem}e" in self._english or doubled
