"""Marks everything of interest in a message, by the rules of a folder: its clauses, and what it is as a whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from spacy.tokens import Doc

from candidacy.language.clause import Clause
from candidacy.language.concepts import mentions_of
from candidacy.language.details import Details, details_of
from candidacy.language.rule_files import RuleError, checked_phrases, phrases, read_rule_file
from candidacy.language.sayings import InMessage, Sayings
from candidacy.language.spelling import Spelling
from candidacy.language.terms import Mark, TermMatcher, blank_english, level_marks
from candidacy.language.text import normalise, split_clauses
from candidacy.language.wordings import is_wording

_TERM_LISTS = (
    "ignored",
    "spine_fracture",
    "breaking",
    "spine_part",
    "spine_part_unclear",
    "elsewhere_part",
    "any_fracture",
    "any_condition",
    "stenosis_surgery",
    "stenosis_surgery_done",
    "other_surgery",
    "surgery_for_it",
    "any_surgery",
)
_CUE_LISTS = (
    "neither",
    "not_before",
    "not_after",
    "yes_after",
    "not_not",
    "uncertain",
    "fearing",
    "asking",
    "not_for",
    "hypothetical",
    "planned",
    "done",
    "stating",
    "stops",
    "only",
    "clear_pictures",
    "correction",
    "never_had",
)
"""Cues of which the longest counts, where they overlap."""
_CUES_APART = (
    "of_a_name",
    "naming",
    "affirming",
    "that_was",
    "resolved",
    "clinician_acts",
    "other_after",
    "lifelong",
    "own_thing",
    "doubting_it",
    "past_belief",
    "me_too",
    "reason",
)
"""Cues that count beside the others and beside each other."""
_PEOPLE_LISTS = ("neither", "self", "other", "third_person", "clinician", "owned_only", "at_large", "stranger")
_OWNER_REACH = 3
_OWNERS = frozenset(("my", "his", "her", "our", "their", "your"))
_PARTS = {
    "spine": ("spine_part",),
    "elsewhere": ("elsewhere_part",),
    "breaking": ("breaking",),
    "surgery": ("any_surgery",),
}
"""The groups that are lists of findings.yml: of their phrases those that are plain words."""

_VERTEBRAE = (("c", 7), ("t", 12), ("l", 5), ("s", 1))
_TOPIC_WORDS = 4
_ANSWER_WORDS = 3
_ANSWER = re.compile(r"^(?:yes|yeah|yep|no|nope|nah|never|not|none)\b", re.IGNORECASE)
_BARE_SUBJECT = re.compile(
    r"(?:^|\s)(?:they|he|she|we|i|it|who|that|surgeon|surgeons|doctor|doctors|dr|hospital|nobody|never|mom|dad|wife|husband)$",
    re.IGNORECASE,
)
"""Cut off from its verb, which then looks like a question ("they", "did it in 2021")."""
_AND_SO = re.compile(r"\s+(?:and\s+)?so$|\s+and$", re.IGNORECASE)
_SO_DO_I = re.compile(r"^(?:do|did|have|had|am|was) i\b", re.IGNORECASE)
_NO_BREAK = ("", "though")
_ECHOED = re.compile(
    r"^(?!(?:what|why|how|who|where|when|which|is|are|was|were|do|does|did|can|could|will|would|should|have|has|had|am"
    r"|yes|no|nope|yeah|ok|okay|really|sorry|pardon|huh|seriously|never|you|any|which)\b)(?:[^\s?]+\s+){0,4}[^\s?]+\?+$",
    re.IGNORECASE,
)
"""The topic put as a question to oneself ("My spine? No.")."""
_OWNED = re.compile(r"^(?:my|his|her|our|their)\b", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\b(?:yes|yeah|yep|yup|no|nope|nah|never|not|had|have|has|did|do|was|were|broke)\b|^(?:i|we|it|they|well|oh|ok)\b",
    re.IGNORECASE,
)
_DETAIL_GAP = re.compile(
    r"^[\s,(]*(?:(?:it|that|this|was|is|in|around|about|back|sometime|maybe|circa|or|so|the|year|of|like|at|on|may|"
    r"have|been|a|level|say|want|to)[\s,(]*)*$"
)


@dataclass(frozen=True)
class MarkedMessage:
    """A message's clauses, and what it is as a whole."""

    clauses: list[Clause]
    whole: InMessage


class MessageMarker:
    """Marks messages by the rules of a folder.

    Args:
        rules: The folder with ``findings.yml``, ``finding_cues.yml`` and ``sayings.yml``.
        spelling: Folds the rules and the messages into one spelling.

    Raises:
        RuleError: a rule file is missing or malformed.
    """

    def __init__(self, *, rules: Path, spelling: Spelling) -> None:
        self._spelling = spelling
        self._pipeline = blank_english()
        terms = self._read_terms(rules / "findings.yml")
        parts: dict[str, Sequence[str]] = {"level": _levels()}
        parts |= {
            name: [phrase for listed in lists for phrase in terms[listed] if not is_wording(phrase)]
            for name, lists in _PARTS.items()
        }
        self._terms = self._matcher(terms, groups={**parts, **self._groups(rules / "findings.yml")})
        cues = rules / "finding_cues.yml"
        self._cues = self._matcher(self._read_lists(cues, _CUE_LISTS), groups={})
        self._cues_apart = self._matcher(self._read_lists(cues, _CUES_APART), groups={})
        people = self._read_lists(cues, _PEOPLE_LISTS)
        people["other"] += [f"{person}s" for person in people["other"]]
        self._people = self._matcher(people, groups={})
        self._sayings = Sayings(
            path=rules / "sayings.yml",
            pipeline=self._pipeline,
            fold=spelling.fold,
            parts=parts,
        )

    def marked(self, text: str) -> MarkedMessage:
        """The message with everything that is found in it."""
        marked = [self._clause(clause) for clause in _with_topics_rejoined(text)]
        of_stenosis = any("spinal stenosis" in mark.names("condition") for clause in marked for mark in clause.terms)
        clauses = [
            replace(clause, mentions=tuple(mentions_of(clause.terms, of_stenosis=of_stenosis))) for clause in marked
        ]
        words = self._spelling.fold(text).replace(",", " ").split()
        return MarkedMessage(clauses, self._sayings.in_message(self._pipeline.make_doc(" ".join(words))))

    def _clause(self, text: str) -> Clause:
        folded = self._spelling.fold(text)
        doc = self._pipeline.make_doc(folded)
        details = details_of(folded)
        terms = sorted((*self._terms.marks(doc), *level_marks(doc, label="spine_part")), key=lambda mark: mark.start)
        return Clause(
            text=text,
            folded=folded,
            length=len(doc),
            commas=tuple(token.i for token in doc if token.text == ","),
            joiners=tuple(token.i for token in doc if token.text in ("or", "nor", "and")),
            terms=tuple(terms),
            cues=self._cues_in(doc, details),
            people=_people(self._people.marks(doc), doc),
            sayings=self._sayings.in_clause(doc),
            details=details,
            blanks=frozenset(token.i for token in doc if token.is_punct or token.text in ("-", "=", "was", "is")),
        )

    def _cues_in(self, doc: Doc, details: Details) -> tuple[Mark, ...]:
        apart = self._cues_apart.all_marks(doc)
        cues = sorted((*self._cues.marks(doc), *apart), key=lambda mark: (mark.start, mark.end))
        return _without_cues_on_details(cues, details, doc)

    def _matcher(self, terms: Mapping[str, Sequence[str]], *, groups: Mapping[str, Sequence[str]]) -> TermMatcher:
        return TermMatcher(pipeline=self._pipeline, terms=terms, groups=groups)

    def _groups(self, path: Path) -> dict[str, list[str]]:
        groups = read_rule_file(path).get("groups", {})
        if not isinstance(groups, dict):
            raise RuleError(f"{path}: 'groups' must map names to phrases")
        return {name: self._folded(listed, name=f"groups.{name}", path=path) for name, listed in groups.items()}

    def _read_terms(self, path: Path) -> dict[str, list[str]]:
        terms = self._read_lists(path, _TERM_LISTS)
        content = read_rule_file(path)
        for label, section in (("condition", "conditions"), ("condition_of_any_joint", "conditions_of_any_joint")):
            named = content.get(section)
            if not isinstance(named, dict) or not named:
                raise RuleError(f"{path}: '{section}' must map names of conditions to phrases")
            for name, listed in named.items():
                terms[f"{label}:{name}"] = self._folded(listed, name=f"{section}.{name}", path=path)
        return terms

    def _read_lists(self, path: Path, names: Sequence[str]) -> dict[str, list[str]]:
        content = read_rule_file(path)
        return {name: [self._spelling.fold(phrase) for phrase in phrases(content, name, path=path)] for name in names}

    def _folded(self, listed: Sequence[str], *, name: str, path: Path) -> list[str]:
        return [self._spelling.fold(phrase) for phrase in checked_phrases(listed, name=name, path=path)]


def _with_topics_rejoined(text: str) -> Iterator[str]:
    """The clauses, with a bare topic and the answer to it in one piece: "my hip, yes", not "my hip" and "yes"."""
    clauses = split_clauses(text)
    plain = normalise(text)
    at = 0
    waiting: str | None = None
    for clause in clauses:
        start = plain.find(clause, at)
        between = plain[at:start] if start >= 0 else "."
        at = start + len(clause) if start >= 0 else at
        if waiting is not None and _AND_SO.search(waiting) and _SO_DO_I.match(clause):
            waiting, clause = _AND_SO.sub("", waiting), f"so {clause}"
        if waiting is not None and not between.strip() and _BARE_SUBJECT.search(waiting):
            clause, waiting = f"{waiting} {clause}", None
        if between.strip(" ,").endswith("so") and _SO_DO_I.match(clause):
            clause = f"so {clause}"
        echoed = waiting is not None and _ECHOED.match(waiting) is not None and _ANSWER.match(clause) is not None
        if waiting is not None and echoed:
            clause, waiting = f"{waiting.rstrip('? ')}, {clause}", None
        elif waiting is not None and between.strip(" ,") in _NO_BREAK and _is_topic(waiting) and _is_answer(clause):
            clause, waiting = f"{waiting}, {clause}", None
        elif waiting is not None and between.strip() in ("or", "nor") and _OWNED.match(clause):
            clause, waiting = f"{waiting} or {clause}", None
        elif waiting is not None:
            yield waiting
        waiting = clause
    if waiting is not None:
        yield waiting


def _levels() -> list[str]:
    """The vertebrae and the pairs of neighbours, as they are written: "l4", "l4-l5", "l4/5"."""
    named = [f"{part}{number}" for part, most in _VERTEBRAE for number in range(1, most + 1)]
    pairs = [(first, second) for first, second in pairwise(named)]
    joined = [f"{first}{sign}{second}" for first, second in pairs for sign in "-/"]
    short = [f"{first}{sign}{second[1:]}" for first, second in pairs if first[0] == second[0] for sign in "-/"]
    return [*named, *joined, *short]


def _is_topic(clause: str) -> bool:
    return len(clause.split()) <= _TOPIC_WORDS and not _ANSWERED.search(clause)


def _is_answer(clause: str) -> bool:
    return len(clause.split()) <= _ANSWER_WORDS and _ANSWER.match(clause) is not None


def _people(marks: Sequence[Mark], doc: Doc) -> tuple[Mark, ...]:
    """The people named, without those who are only addressed ("no, buddy")."""

    def is_addressed(mark: Mark) -> bool:
        before = doc[max(0, mark.start - _OWNER_REACH) : mark.start]
        owned = any(token.text in _OWNERS for token in before) or (len(before) > 0 and before[-1].text.endswith("s"))
        return "owned_only" in mark.labels and not owned

    return tuple(mark for mark in marks if not is_addressed(mark))


def _without_cues_on_details(marks: Sequence[Mark], details: Details, doc: Doc) -> tuple[Mark, ...]:
    """The marks without those that belong to a date ("May 2019") or doubt a detail ("L3 I think")."""

    def on_detail(mark: Mark) -> bool:
        start, end = doc[mark.start].idx, doc[mark.end - 1].idx + len(doc[mark.end - 1])
        if any(first <= start < last for first, last in details.time_spans):
            return True
        if "uncertain" not in mark.labels:
            return False
        follows = any(0 <= start - last <= 2 for _, last in (*details.level_spans, *details.time_spans))
        return follows or any(
            end <= first and _DETAIL_GAP.match(doc.text[end:first]) is not None for first, _ in details.time_spans
        )

    return tuple(mark for mark in marks if not on_detail(mark))
