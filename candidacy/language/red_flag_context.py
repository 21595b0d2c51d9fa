"""Decides what quiets a sign of danger: denied, past, somebody else's old history, only supposed, passed.

The method is ConText's (Harkema and others 2009, J Biomed Inform 42:839-851) on clauses; its words are in
``rules/red_flags/context.yml``. A message that leaves it open is not quieted.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from candidacy.language.patterns import PatternCompiler
from candidacy.language.rule_files import phrases, read_rule_file

CONTEXTS = ("denied", "past", "longstanding", "relative", "supposed", "general_question", "resolved")
"""What can quiet a sign."""

_LISTS = (
    "idioms",
    "not_denials",
    "denials",
    "new_thought",
    "denied_after",
    "recent",
    "longstanding",
    "has_long_had_it",
    "past",
    "resolved",
    "takes_up",
    "somebody_else",
    "myself",
    "history",
    "supposed_if",
    "supposed",
    "may_happen",
    "general_question",
)
_PERSON_WORDS = re.compile(r"(?<!\S)(?:i|im|ive|my|me|he|hes|his|him|she|shes|her|hers|we|our|mi|me|su|el|ella)(?!\S)")
_JOINS_A_LIST = re.compile(r"(?<!\S)(?:or|nor|any|o|ni)(?!\S)")
_NO = ("no", "nope", "nah", "none", "never")
_HIDDEN = "hidden"
_REACH_OF_DENIAL = 8
_REACH_OF_IF = 3
_REACH_OF_MAY = 3
_TIME_PHRASE_LENGTH = 6


@dataclass(frozen=True)
class Clause:
    """A clause as patterns see it, and whether it asks."""

    text: str
    asks: bool


@dataclass(frozen=True)
class Sign:
    """Where a sign was found: the place of its clause in the message, and its characters in that clause."""

    clause: int
    start: int
    end: int


class RedFlagContext:
    """Reads the context of signs by the words of a file.

    Args:
        path: The rule file with the lists.
        compiler: Compiles the lists' patterns.

    Raises:
        RuleError: the file is missing or malformed.
    """

    def __init__(self, *, path: Path, compiler: PatternCompiler) -> None:
        content = read_rule_file(path)
        self._find = {name: compiler.compile(phrases(content, name, path=path)) for name in _LISTS}
        self._tests: dict[str, Callable[[Sequence[Clause], Sign], bool]] = {
            "denied": self._denied,
            "past": self._past,
            "longstanding": self._longstanding,
            "relative": self._relative,
            "supposed": self._supposed,
            "general_question": self._general_question,
            "resolved": self._resolved,
        }

    def without_idioms(self, text: str) -> str:
        """The clause with its figures of speech taken out."""
        return self._find["idioms"].sub(_HIDDEN, text)

    def quieted(self, clauses: Sequence[Clause], sign: Sign, *, by: frozenset[str]) -> bool:
        """Whether one of the contexts named quiets the sign."""
        return any(self._tests[context](clauses, sign) for context in CONTEXTS if context in by)

    def recent(self, clauses: Sequence[Clause]) -> bool:
        """Whether the message says that something happens now or has just happened."""
        return any(self._recent_in(clause.text) for clause in clauses)

    def about_somebody_else(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        """Whether the sign is another person's: the nearest person named before it, in its clause or carried to it."""
        other = False
        for position, clause in enumerate(clauses[: sign.clause + 1]):
            text = clause.text[: sign.end] if position == sign.clause else clause.text
            others = [match.start() for match in self._find["somebody_else"].finditer(text)]
            own = [match.start() for match in self._find["myself"].finditer(text)]
            if others or own:
                other = max(others, default=-1) > max(own, default=-1)
        return other

    def _denied(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        text = clauses[sign.clause].text
        if self._find["denied_after"].search(text, sign.end) or _answered_no(clauses, sign.clause):
            return True
        before = self._find["not_denials"].sub(_HIDDEN, text[: sign.start])
        denials = list(self._find["denials"].finditer(before))
        if not denials:
            return False
        between = before[denials[-1].end() :]
        if len(between.split()) > _REACH_OF_DENIAL or self._find["new_thought"].search(between):
            return False
        return "," not in between or _JOINS_A_LIST.search(text[denials[-1].end() :]) is not None

    def _past(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        text = clauses[sign.clause].text
        if self._recent_in(text):
            return False
        if self._find["past"].search(text):
            return True
        previous = clauses[sign.clause - 1].text if sign.clause else ""
        return len(previous.split()) <= _TIME_PHRASE_LENGTH and self._find["past"].search(previous) is not None

    def _longstanding(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        text = clauses[sign.clause].text
        if self._find["longstanding"].search(text):
            return not self._recent_in(text)
        following = clauses[sign.clause + 1].text if sign.clause + 1 < len(clauses) else ""
        taken_up = self._find["has_long_had_it"].search(following) is not None
        return taken_up and self._find["longstanding"].search(following) is not None

    def _relative(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        if not self.about_somebody_else(clauses, sign) or self.recent(clauses):
            return False
        told = clauses[sign.clause].text
        return self._find["history"].search(told) is not None or self._find["past"].search(told) is not None

    def _supposed(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        text = clauses[sign.clause].text
        if self._recent_in(text):
            return False
        before = text[: sign.start]
        if self._find["supposed"].search(before):
            return True
        return self._right_before("supposed_if", before, _REACH_OF_IF) or self._right_before(
            "may_happen", before, _REACH_OF_MAY
        )

    def _general_question(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        """ "Does fusion cause paralysis?": asked, and of nobody."""
        clause = clauses[sign.clause]
        if not clause.asks or self._recent_in(clause.text):
            return False
        opening = self._find["general_question"].match(clause.text)
        return opening is not None and _PERSON_WORDS.search(clause.text) is None

    def _resolved(self, clauses: Sequence[Clause], sign: Sign) -> bool:
        text = clauses[sign.clause].text
        if self._find["resolved"].search(text, sign.end):
            return True
        for following in clauses[sign.clause + 1 : sign.clause + 3]:
            if self._find["takes_up"].match(following.text) and self._find["resolved"].search(following.text):
                return True
        return False

    def _right_before(self, name: str, before: str, reach: int) -> bool:
        nearby = " ".join(before.split()[-reach:])
        found = list(self._find[name].finditer(nearby))
        return bool(found)

    def _recent_in(self, text: str) -> bool:
        without = self._find["resolved"].sub(_HIDDEN, self._find["longstanding"].sub(_HIDDEN, text))
        return self._find["recent"].search(without) is not None


def _answered_no(clauses: Sequence[Clause], position: int) -> bool:
    """ "Chest pain? No." """
    following = clauses[position + 1].text if position + 1 < len(clauses) else ""
    return clauses[position].asks and following in _NO
