"""The small language in which red flags are written, and its translation to regular expressions.

A pattern is words with single spaces: ``word`` itself; ``word*`` any word that begins so; ``one/other`` either;
``{group}`` any phrase of a group; ``word?`` may be left out; ``..`` up to three words in between, ``...`` up to seven.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from candidacy.language.rule_files import RuleError

GAPS: Mapping[str, int] = {"..": 3, "...": 7}
"""How a pattern leaves room: the sign, and the most words that may stand there."""

_SEPARATOR = r"(?:\s,)?\s"
_WORD = r"[^\s,]+"
_GROUP = re.compile(r"^\{(\w+)\}$")
_NOT_WORDS = re.compile(r"[^\w\s,?/-]+")


def searchable(folded: str) -> str:
    """Folded text as patterns see it: words and commas, each between single spaces."""
    return " ".join(_NOT_WORDS.sub(" ", folded).replace(",", " , ").replace("?", " ").split())


class PatternCompiler:
    """Compiles patterns that share groups of phrases.

    Args:
        groups: The phrases of each group; a phrase is a pattern and may name groups defined before it.
        fold: Folds a pattern's words into the spelling of the text that will be searched.

    Raises:
        RuleError: a pattern names a group that is not defined before it.
    """

    def __init__(self, *, groups: Mapping[str, Sequence[str]], fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._groups: dict[str, str] = {}
        for name, phrases in groups.items():
            self._groups[name] = self._any_of(phrases)

    def compile(self, patterns: Iterable[str]) -> re.Pattern[str]:
        """One expression that finds any of the patterns in searchable text."""
        return re.compile(rf"(?<!\S){self._any_of(patterns)}(?!\S)")

    def _any_of(self, patterns: Iterable[str]) -> str:
        expressions = sorted({self._expression(pattern) for pattern in patterns}, key=lambda e: (-len(e), e))
        return f"(?:{'|'.join(expressions)})"

    def _expression(self, pattern: str) -> str:
        expression = ""
        for part in pattern.split():
            if part in GAPS:
                expression += rf"(?:{_SEPARATOR}{_WORD}){{0,{GAPS[part]}}}"
                continue
            optional = part.endswith("?")
            word = self._word(part.removesuffix("?"), pattern)
            if not expression:
                expression = rf"(?:{word}{_SEPARATOR})?(?<!\S)" if optional else word
            elif expression.endswith(r")?(?<!\S)"):
                expression += word
            else:
                expression += rf"(?:{_SEPARATOR}{word})?" if optional else rf"{_SEPARATOR}{word}"
        return expression

    def _word(self, part: str, pattern: str) -> str:
        group = _GROUP.match(part)
        if group is None:
            return f"(?:{'|'.join(self._letters(choice) for choice in part.split('/'))})"
        if group[1] not in self._groups:
            raise RuleError(f"pattern {pattern!r} names the group {group[1]!r}, which is not defined before it")
        return self._groups[group[1]]

    def _letters(self, choice: str) -> str:
        folded = self._fold(choice.removesuffix("*"))
        letters = r"\s".join(re.escape(word) for word in folded.split())
        return rf"{letters}\w*" if choice.endswith("*") else letters
