"""The questionnaire: the order of the questions, what ends it, and a file that contradicts itself."""

from pathlib import Path

import pytest

from candidacy.screening.questionnaire import load_questionnaire

QUESTIONNAIRE = load_questionnaire()
BEGUN = {
    "screening_consent": "yes",
    "screening_subject": "self",
    "screening_adult": "yes",
    "screening_danger": "no",
}


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({}, "screening_consent"),
        ({"screening_consent": "no"}, None),
        ({"screening_consent": "yes"}, "screening_subject"),
        ({"screening_consent": "yes", "screening_subject": "other"}, "screening_adult"),
        ({"screening_consent": "yes", "screening_subject": "self", "screening_adult": "no"}, None),
        ({**BEGUN, "screening_danger": None}, "screening_danger"),
        ({**BEGUN, "screening_danger": "yes"}, None),
        (BEGUN, "fracture"),
        ({**BEGUN, "fracture": "yes"}, "fracture_detail"),
        ({**BEGUN, "fracture": "no"}, "age_related"),
        ({**BEGUN, "fracture": "unknown"}, "age_related"),
        ({**BEGUN, "fracture": "yes", "fracture_detail": "L1"}, "age_related"),
        ({**BEGUN, "fracture": "skipped", "age_related": "skipped"}, "stenosis_surgery"),
        ({**BEGUN, "fracture": "no", "age_related": "no", "stenosis_surgery": "no"}, "screening_read_back"),
        ({**BEGUN, "stenosis_surgery": "yes"}, "fracture"),
    ],
)
def test_next_question(answers: dict[str, str | None], question: str | None) -> None:
    assert QUESTIONNAIRE.next_question(answers) == question


def test_the_three_questions_are_the_documents_reasons() -> None:
    assert [question.id for question in QUESTIONNAIRE.clinical] == ["fracture", "age_related", "stenosis_surgery"]


@pytest.mark.parametrize("question", QUESTIONNAIRE.clinical, ids=lambda question: question.id)
def test_not_knowing_and_skipping_are_answers(question: object) -> None:
    assert {"yes", "no", "unknown", "skipped"} <= set(question.accepts)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "version: '1'\nconsent_wording_version: '1'\nquestions: [{id: a, accepts: [x]}, {id: a, accepts: [x]}]",
            "question a stands twice",
        ),
        (
            "version: '1'\nconsent_wording_version: '1'\nquestions: [{id: a, accepts: [x], only_when: {b: x}}]",
            "does not come before it",
        ),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "questionnaire.yml"
    file.write_text(text)
    with pytest.raises(ValueError, match=problem):
        load_questionnaire(file)
