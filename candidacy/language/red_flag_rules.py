"""Recognises danger by written rules: plain ways of saying it, and what quiets them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from candidacy.language.patterns import PatternCompiler, searchable
from candidacy.language.red_flag import LEVELS, RedFlag
from candidacy.language.red_flag_context import CONTEXTS, Clause, RedFlagContext, Sign
from candidacy.language.rule_files import RuleError, checked_phrases, phrases, read_rule_file
from candidacy.language.spelling import Spelling
from candidacy.language.spoken_language import SPANISH, spoken_language
from candidacy.language.text import split_clauses

_ENGLISH_FILES = ("emergency.yml", "crisis.yml", "urgent.yml")
_SPANISH_FILE = "spanish.yml"
_HISTORY_CONTEXTS = frozenset(("denied", "supposed", "general_question"))
_HIDDEN = "hidden"
_QUESTION_OPENING = re.compile(
    r"^(?:and |so |but |also )?(?:what|when|where|why|how|who|which|is|are|do|does|did|can|could|will|would|should"
    r"|has|have|que|puede|es)\b"
)


@dataclass(frozen=True)
class _Category:
    name: str
    level: str
    language: str
    signs: re.Pattern[str] | None
    parts: Mapping[str, re.Pattern[str]]
    unless: re.Pattern[str] | None
    recent_only: bool
    contexts: frozenset[str]
    history: frozenset[str]


@dataclass(frozen=True)
class RuleReading:
    """What the written rules make of a message.

    Attributes:
        flag: The most pressing red flag, or None.
        quieted: Whether signs of danger are named, and each is denied, past, only supposed or the like.
    """

    flag: RedFlag | None
    quieted: bool


class RedFlagRules:
    """Detects red flags by the rules of a folder; deterministic, and without Rasa or spaCy.

    Args:
        rules: The folder with ``spelling.yml`` and ``red_flags/``.

    Raises:
        RuleError: a rule file is missing or malformed.
    """

    def __init__(self, *, rules: Path) -> None:
        folder = rules / "red_flags"
        self._spelling = Spelling(rules / "spelling.yml")
        words = folder / "words.yml"
        content = read_rule_file(words)
        groups = {name: phrases(content, name, path=words) for name in content}
        compiler = PatternCompiler(groups=groups, fold=self._spelling.fold)
        self._context = RedFlagContext(path=folder / "context.yml", compiler=compiler)
        self._categories = _read_categories(folder, compiler)

    @property
    def levels(self) -> Mapping[str, str]:
        """The level of each category."""
        return {category.name: category.level for category in self._categories}

    def read(self, text: str) -> RuleReading:
        """The most pressing red flag of a message, and whether what it names of danger is quieted."""
        clauses = self._clauses(text)
        for category in self._categories:
            if self._found(category, clauses):
                language = SPANISH if spoken_language(text) == SPANISH else category.language
                return RuleReading(RedFlag(level=category.level, category=category.name, language=language), False)
        return RuleReading(None, self._all_quieted(clauses))

    def _clauses(self, text: str) -> list[Clause]:
        clauses = []
        for clause in split_clauses(text):
            folded = self._spelling.fold(clause)
            plain = self._context.without_idioms(searchable(folded))
            clauses.append(Clause(text=plain, asks="?" in folded or _QUESTION_OPENING.match(plain) is not None))
        return clauses

    def _all_quieted(self, clauses: Sequence[Clause]) -> bool:
        """Whether there are signs, and a context quiets each."""
        quieted = [
            self._context.quieted(clauses, sign, by=category.contexts)
            for category in self._categories
            if category.signs is not None
            for sign in _matches(category.signs, clauses, unless=category.unless)
        ]
        return bool(quieted) and all(quieted)

    def _found(self, category: _Category, clauses: Sequence[Clause]) -> bool:
        if category.signs is not None and self._signs(category, category.signs, clauses, category.contexts):
            return not category.recent_only or self._context.recent(clauses)
        if not category.parts:
            return False
        return self._all_parts_of_one_person(category, clauses)

    def _all_parts_of_one_person(self, category: _Category, clauses: Sequence[Clause]) -> bool:
        """Whether each part is found, all of them of the person writing or all of another."""
        people: set[bool] = {True, False}
        for name, part in category.parts.items():
            contexts = category.contexts & _HISTORY_CONTEXTS if name in category.history else category.contexts
            signs = self._signs(category, part, clauses, contexts)
            people &= {self._context.about_somebody_else(clauses, sign) for sign in signs}
            if not people:
                return False
        return True

    def _signs(
        self, category: _Category, pattern: re.Pattern[str], clauses: Sequence[Clause], contexts: frozenset[str]
    ) -> list[Sign]:
        return [
            sign
            for sign in _matches(pattern, clauses, unless=category.unless)
            if not self._context.quieted(clauses, sign, by=contexts)
        ]


def _matches(pattern: re.Pattern[str], clauses: Sequence[Clause], *, unless: re.Pattern[str] | None) -> Iterator[Sign]:
    for position, clause in enumerate(clauses):
        hidden = [match.span() for match in unless.finditer(clause.text)] if unless else []
        for match in pattern.finditer(clause.text):
            if not any(start < match.end() and match.start() < end for start, end in hidden):
                yield Sign(clause=position, start=match.start(), end=match.end())


def _read_categories(folder: Path, compiler: PatternCompiler) -> list[_Category]:
    english: dict[str, _Category] = {}
    for file in _ENGLISH_FILES:
        path = folder / file
        for name, rule in read_rule_file(path).items():
            english[name] = _category(name, rule, path=path, compiler=compiler)
    categories = list(english.values())
    path = folder / _SPANISH_FILE
    for name, rule in read_rule_file(path).items():
        if name not in english:
            raise RuleError(f"{path}: {name!r} is not a category of {', '.join(_ENGLISH_FILES)}")
        categories.append(_in_spanish(english[name], rule, path=path, compiler=compiler))
    return sorted(categories, key=lambda category: LEVELS.index(category.level))


def _category(name: str, rule: Any, *, path: Path, compiler: PatternCompiler) -> _Category:
    if not isinstance(rule, dict) or rule.get("level") not in LEVELS:
        raise RuleError(f"{path}: {name!r} must have a level, one of {', '.join(LEVELS)}")
    if not isinstance(rule.get("source"), str) or not rule["source"].strip():
        raise RuleError(f"{path}: {name!r} must name its clinical source")
    contexts = set(rule.get("contexts", CONTEXTS))
    if not contexts <= set(CONTEXTS):
        raise RuleError(f"{path}: {name!r} has contexts other than {', '.join(CONTEXTS)}")
    for context in ("longstanding", "resolved"):
        if rule.get(context) == "alarm":
            contexts.discard(context)
    return _Category(
        name=name,
        level=rule["level"],
        language="en",
        signs=_signs_of(name, rule, path=path, compiler=compiler),
        parts=_parts_of(name, rule, path=path, compiler=compiler),
        unless=compiler.compile(phrases(rule, "unless", path=path)) if "unless" in rule else None,
        recent_only=rule.get("when") == "recent",
        contexts=frozenset(contexts),
        history=frozenset(rule.get("history", ())),
    )


def _in_spanish(category: _Category, rule: Any, *, path: Path, compiler: PatternCompiler) -> _Category:
    if not isinstance(rule, dict):
        raise RuleError(f"{path}: {category.name!r} must be a mapping with signs")
    return _Category(
        name=category.name,
        level=category.level,
        language="es",
        signs=_signs_of(category.name, rule, path=path, compiler=compiler),
        parts=_parts_of(category.name, rule, path=path, compiler=compiler),
        unless=None,
        recent_only=category.recent_only,
        contexts=category.contexts,
        history=category.history,
    )


def _signs_of(name: str, rule: dict[str, Any], *, path: Path, compiler: PatternCompiler) -> re.Pattern[str] | None:
    if "signs" not in rule and "all" not in rule:
        raise RuleError(f"{path}: {name!r} has neither signs nor all")
    return compiler.compile(phrases(rule, "signs", path=path)) if "signs" in rule else None


def _parts_of(name: str, rule: dict[str, Any], *, path: Path, compiler: PatternCompiler) -> dict[str, re.Pattern[str]]:
    parts = rule.get("all", {})
    if not isinstance(parts, dict):
        raise RuleError(f"{path}: 'all' of {name!r} must map names to signs")
    return {
        part: compiler.compile(checked_phrases(listed, name=f"{name}.all.{part}", path=path))
        for part, listed in parts.items()
    }
