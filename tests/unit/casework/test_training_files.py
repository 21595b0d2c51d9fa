"""Approved corrections as files that Rasa and the evaluation read."""

from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from candidacy.casework.training_files import NLU_FILE, ApprovedCorrection, example_text, training_files
from candidacy.evaluation.labelled_file import read_files
from candidacy.evaluation.sets import SETS

LABELS = {"faq/hospital_stay": "F6", "not_covered/cost": "not_covered"}
SCREENING = {
    "asked": "fracture",
    "subject": "self",
    "fracture": "yes",
    "age_related": "-",
    "stenosis_surgery": "-",
}


def topic(text: str, name: str = "faq/hospital_stay") -> ApprovedCorrection:
    return ApprovedCorrection(text=text, kind="topic", meant={"topic": name})


def examples(files: dict[str, str]) -> list[tuple[str, str]]:
    data = RasaYAMLReader().reads(files[NLU_FILE])
    return [
        (example.get("intent_response_key") or example.get("intent"), example.get("text"))
        for example in data.intent_examples
    ]


def test_nothing_approved_makes_no_file() -> None:
    assert training_files([], known={}, labels={}) == {}


def test_rasa_reads_the_examples_as_they_were_said() -> None:
    files = training_files(
        [topic("nights in there?"), topic("- what: does # it 'cost'", "not_covered/cost"), topic("# ja\n\nja")],
        known={},
        labels=LABELS,
    )
    assert examples(files) == [
        ("faq/hospital_stay", "nights in there?"),
        ("faq/hospital_stay", "ja ja"),
        ("not_covered/cost", "what: does # it 'cost'"),
    ]


def test_nothing_a_visitor_typed_becomes_an_entity() -> None:
    files = training_files([topic("how [long](time) {x} am I in")], known={}, labels=LABELS)
    assert examples(files) == [("faq/hospital_stay", "how long (time) x am I in")]


def test_what_is_an_example_already_or_contradicts_another_is_left_out() -> None:
    files = training_files(
        [topic("How long?"), topic("which one"), topic("Which one", "not_covered/cost"), topic("new")],
        known={"how long?": "faq/recovery_length"},
        labels=LABELS,
    )
    assert examples(files) == [("faq/hospital_stay", "new")]


@pytest.mark.parametrize(
    ("correction", "name", "set_name"),
    [
        (topic("nights\tin there"), "evaluation/faq.tsv", "faq"),
        (
            ApprovedCorrection(
                text="cant pee", kind="red_flag", meant={"level": "emergency", "category": "bladder_or_bowel"}
            ),
            "evaluation/redflags.tsv",
            "redflags",
        ),
        (
            ApprovedCorrection(text="afraid so", kind="screening", meant=SCREENING),
            "evaluation/screening.tsv",
            "screening",
        ),
    ],
)
def test_the_evaluation_reads_its_rows(
    tmp_path: Path, correction: ApprovedCorrection, name: str, set_name: str
) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text(training_files([correction], known={}, labels=LABELS)[name], encoding="utf-8")

    (row,) = read_files([file], SETS[set_name])
    assert row.case.text == " ".join(correction.text.split())


def test_danger_goes_to_the_file_of_its_category() -> None:
    files = training_files(
        [
            ApprovedCorrection(
                text="cant pee", kind="red_flag", meant={"level": "emergency", "category": "bladder_or_bowel"}
            ),
            ApprovedCorrection(
                text="my feet died laughing", kind="red_flag", meant={"level": "none", "category": "none"}
            ),
        ],
        known={},
        labels=LABELS,
    )
    assert files["red_flags/emergency/bladder_or_bowel.txt"] == "cant pee\n"
    assert files["red_flags/none/corrections.txt"] == "my feet died laughing\n"
    assert NLU_FILE not in files


def test_the_yaml_is_plain() -> None:
    files = training_files([topic("nights in there?")], known={}, labels=LABELS)
    assert yaml.safe_load(files[NLU_FILE]) == {
        "version": "3.1",
        "nlu": [{"intent": "faq/hospital_stay", "examples": "- nights in there?\n"}],
    }


@pytest.mark.parametrize(("text", "example"), [("/restart", "restart"), ("  a \n b ", "a b"), ("[]{}", "")])
def test_one_line_of_words(text: str, example: str) -> None:
    assert example_text(text) == example
