"""The questionnaire: which questions there are, what may be answered, and what follows; read from questionnaire.yml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

QUESTIONNAIRE_FILE = Path(__file__).parent / "questionnaire.yml"

YES = "yes"
NO = "no"
UNKNOWN = "unknown"
SKIPPED = "skipped"
SELF = "self"
OTHER = "other"
FREE_TEXT = "free_text"

CONSENT = "screening_consent"
SUBJECT = "screening_subject"
ADULT = "screening_adult"
DANGER = "screening_danger"
READ_BACK = "screening_read_back"


@dataclass(frozen=True)
class Question:
    """One question; its words stand in domain.yml under its id."""

    id: str
    accepts: tuple[str, ...]
    ends_when: tuple[str, ...] = ()
    only_when: Mapping[str, str] = field(default_factory=dict)
    clinical: bool = False
    age_threshold: int | None = None
    names: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The id of the follow-up question that a clinical question has."""
        return f"{self.id}_detail"


@dataclass(frozen=True)
class Questionnaire:
    """The questions in the order in which they are asked, and the version that is stored with the answers."""

    version: str
    consent_wording_version: str
    questions: tuple[Question, ...]
    acknowledgements: frozenset[str] = frozenset()
    """Words that agree without saying yes to a question of fact."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The questions' ids, which are also the names of Rasa's slots."""
        return tuple(question.id for question in self.questions)

    @property
    def clinical(self) -> tuple[Question, ...]:
        """The three screening questions proper."""
        return tuple(question for question in self.questions if question.clinical)

    def __getitem__(self, question_id: str) -> Question:
        return next(question for question in self.questions if question.id == question_id)

    def next_question(self, answers: Mapping[str, str | None]) -> str | None:
        """The id of the question to put now, or None when there is nothing more to ask."""
        for question in self.questions:
            if any(answers.get(other) != value for other, value in question.only_when.items()):
                continue
            answer = answers.get(question.id)
            if answer is None:
                return question.id
            if answer in question.ends_when:
                return None
        return None


def load_questionnaire(path: Path = QUESTIONNAIRE_FILE) -> Questionnaire:
    """Read the questionnaire from its file.

    Raises:
        ValueError: a question refers to one that does not come before it, or an id stands twice.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    questions: list[Question] = []
    for entry in data["questions"]:
        question = _question(entry)
        known = {earlier.id for earlier in questions}
        if question.id in known:
            raise ValueError(f"{path.name}: question {question.id} stands twice")
        if not set(question.only_when) <= known:
            raise ValueError(f"{path.name}: question {question.id} depends on one that does not come before it")
        questions.append(question)
    return Questionnaire(
        version=data["version"],
        consent_wording_version=data["consent_wording_version"],
        questions=tuple(questions),
        acknowledgements=frozenset(data.get("acknowledgements", ())),
    )


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        id=entry["id"],
        accepts=tuple(entry["accepts"]),
        ends_when=tuple(entry.get("ends_when", ())),
        only_when=dict(entry.get("only_when", {})),
        clinical=entry.get("clinical", False),
        age_threshold=entry.get("age_threshold"),
        names=tuple(entry.get("names", ())),
        words={value: tuple(words) for value, words in entry.get("words", {}).items()},
    )
