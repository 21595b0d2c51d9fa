"""Turns a message, and the question that was put, into findings about a fracture, a condition and surgery."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from spacy.tokens import Doc

from candidacy.language.answer_fit import fitting_answer
from candidacy.language.answers import AnswerReader
from candidacy.language.clause_reading import NO, SELF, Clause, statements_of, subject_after
from candidacy.language.concepts import AGE_RELATED, FRACTURE, SCREENING_CONCEPTS, mentions_of
from candidacy.language.details import Details, details_of
from candidacy.language.last_word import StatementsSoFar
from candidacy.language.reading import Finding, Reading
from candidacy.language.rule_files import RuleError, checked_phrases, phrases, read_rule_file
from candidacy.language.spelling import Spelling
from candidacy.language.terms import Mark, TermMatcher, blank_english, level_marks
from candidacy.language.text import split_clauses

__all__ = ["Finding", "FindingsReader", "Reading"]

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
    "any_surgery",
)
_CUE_LISTS = (
    "neither",
    "not_before",
    "not_after",
    "yes_after",
    "not_not",
    "uncertain",
    "asking",
    "hypothetical",
    "planned",
    "done",
    "stating",
    "stops",
    "only",
    "clear_pictures",
    "correction",
    "never_had",
    "clinician_acts",
    "other_after",
)
_PEOPLE_LISTS = ("neither", "self", "other", "third_person")
_PICTURES_ANSWER = (FRACTURE, AGE_RELATED)


class FindingsReader:
    """Reads messages by the rules of a folder.

    Args:
        rules: The folder with ``findings.yml``, ``finding_cues.yml``, ``answers.yml`` and ``spelling.yml``.

    Raises:
        RuleError: a rule file is missing or malformed.
    """

    def __init__(self, *, rules: Path) -> None:
        self._spelling = Spelling(rules / "spelling.yml")
        self._answers = AnswerReader(path=rules / "answers.yml", spelling=self._spelling)
        self._pipeline = blank_english()
        self._terms = self._matcher(self._read_terms(rules / "findings.yml"))
        cues = rules / "finding_cues.yml"
        self._cues = self._matcher(self._read_lists(cues, _CUE_LISTS))
        people = self._read_lists(cues, _PEOPLE_LISTS)
        people["other"] += [f"{person}s" for person in people["other"]]
        self._people = self._matcher(people)

    def read(self, text: str, *, asked: str | None = None) -> Reading:
        """What a message says.

        Args:
            text: The message as written.
            asked: The concept of the screening question just put, if one was.

        Raises:
            ValueError: the screening does not ask about that concept.
        """
        if asked is not None and asked not in SCREENING_CONCEPTS:
            raise ValueError(f"asked must be one of {', '.join(SCREENING_CONCEPTS)}, not {asked!r}")
        return self._interpret(self._clauses(text), asked=asked)

    def read_for_every_question(self, text: str) -> Mapping[str | None, Reading]:
        """What a message says volunteered (None), and as the answer to each question; the matching is done once."""
        clauses = self._clauses(text)
        return {asked: self._interpret(clauses, asked=asked) for asked in (None, *SCREENING_CONCEPTS)}

    def _interpret(self, clauses: Sequence[Clause], *, asked: str | None) -> Reading:
        said = StatementsSoFar()
        carried = SELF
        for clause in clauses:
            stated = statements_of(clause, mentions_of(clause.terms), carried=carried, asked=asked)
            said.add(clause, stated, bare_answer=self._answers.whole(clause.folded))
            carried = subject_after(clause, carried=carried)
        findings = said.findings()
        return Reading(findings=findings, answer=self._answer(clauses, findings, asked=asked))

    def _answer(self, clauses: Sequence[Clause], findings: Sequence[Finding], *, asked: str | None) -> str | None:
        told = [clause for clause in clauses if not clause.is_question]
        answers = [answer for clause in told if (answer := self._clause_answer(clause, asked, clause is told[0]))]
        if not answers:
            return None
        corrected = any(clause.cued("correction") for clause in clauses)
        if len(set(answers)) > 1 and not corrected:
            return None
        return fitting_answer(answers[-1], clauses, findings, asked=asked)

    def _clause_answer(self, clause: Clause, asked: str | None, is_first: bool) -> str | None:
        if clause.cued("clear_pictures") and asked in _PICTURES_ANSWER:
            return NO
        whole = self._answers.whole(clause.folded)
        return whole if whole or not is_first else self._answers.beginning(clause.folded)

    def _clauses(self, text: str) -> list[Clause]:
        return [self._clause(clause) for clause in split_clauses(text)]

    def _clause(self, text: str) -> Clause:
        folded = self._spelling.fold(text)
        doc = self._pipeline.make_doc(folded)
        details = details_of(folded)
        return Clause(
            text=text,
            folded=folded,
            length=len(doc),
            commas=tuple(token.i for token in doc if token.text == ","),
            joiners=tuple(token.i for token in doc if token.text in ("or", "nor", "and")),
            terms=tuple(
                sorted((*self._terms.marks(doc), *level_marks(doc, label="spine_part")), key=lambda m: m.start)
            ),
            cues=_without_cues_on_details(self._cues.marks(doc), details, doc),
            people=self._people.marks(doc),
            details=details,
            blanks=frozenset(token.i for token in doc if token.is_punct or token.text in ("-", "=", "was", "is")),
        )

    def _matcher(self, terms: Mapping[str, Sequence[str]]) -> TermMatcher:
        return TermMatcher(pipeline=self._pipeline, terms=terms)

    def _read_terms(self, path: Path) -> Mapping[str, Sequence[str]]:
        terms = self._read_lists(path, _TERM_LISTS)
        content = read_rule_file(path)
        for label, section in (("condition", "conditions"), ("condition_of_any_joint", "conditions_of_any_joint")):
            named = content.get(section)
            if not isinstance(named, dict) or not named:
                raise RuleError(f"{path}: '{section}' must map names of conditions to phrases")
            for name, listed in named.items():
                checked = checked_phrases(listed, name=f"{section}.{name}", path=path)
                terms[f"{label}:{name}"] = [self._spelling.fold(phrase) for phrase in checked]
        return terms

    def _read_lists(self, path: Path, names: Sequence[str]) -> dict[str, list[str]]:
        content = read_rule_file(path)
        return {name: [self._spelling.fold(phrase) for phrase in phrases(content, name, path=path)] for name in names}


def _without_cues_on_details(marks: Sequence[Mark], details: Details, doc: Doc) -> tuple[Mark, ...]:
    """The marks without those that belong to a date ("May 2019") or doubt a detail ("L3 I think")."""

    def on_detail(mark: Mark) -> bool:
        start, end = doc[mark.start].idx, doc[mark.end - 1].idx + len(doc[mark.end - 1])
        if any(first <= start < last for first, last in details.time_spans):
            return True
        if "uncertain" not in mark.labels:
            return False
        follows = any(0 <= start - last <= 2 for _, last in (*details.level_spans, *details.time_spans))
        return follows or any(0 <= first - end <= 1 for first, _ in details.time_spans)

    return tuple(mark for mark in marks if not on_detail(mark))
