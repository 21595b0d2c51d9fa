"""The stock assistant is a whole project of Rasa's: what its rules and stories name is in its domain."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bench.side_by_side.stock_project import QUESTIONS, SUBMIT, domain, rules, stories, write_stock_project
from candidacy.assistant.texts import Texts

LABELLED = {
    "faq__hospital_stay": ["how long is the stay", "how many days"],
    "smalltalk__thanks": ["thanks"],
    "screening": ["ask me the questions"],
    "affirm": ["yes"],
}
TEXTS = Texts(
    responses={
        "utter_faq/hospital_stay": [{"text": "A few days. Call {clinic_phone}.", "metadata": {"kind": "answer"}}],
        "utter_not_understood": [{"text": "Sorry?", "metadata": {"kind": "fallback"}}],
        **{
            f"utter_ask_{question}": [{"text": f"{question}?", "metadata": {"kind": "question"}}]
            for question in QUESTIONS
        },
    },
    variables={"clinic_phone": "555-0100"},
)


def steps_of(entries: list[dict[str, Any]], name: str) -> set[str]:
    return {step[name] for entry in entries for step in entry["steps"] if name in step}


def test_each_topic_says_its_own_text_or_that_it_has_none() -> None:
    responses = domain(tuple(LABELLED), TEXTS)["responses"]
    assert responses["utter_faq__hospital_stay"] == [{"text": "A few days. Call 555-0100."}]
    assert responses["utter_affirm"] == [{"text": "Sorry?"}]
    assert "utter_screening" not in responses


@pytest.mark.parametrize("entries", [rules(tuple(LABELLED)), stories(tuple(LABELLED))], ids=["rules", "stories"])
def test_what_is_named_is_in_the_domain(entries: list[dict[str, Any]]) -> None:
    known = domain(tuple(LABELLED), TEXTS)
    assert steps_of(entries, "intent") <= {*known["intents"], "nlu_fallback"}
    assert steps_of(entries, "action") <= {*known["responses"], *known["forms"], *known["actions"]}


def test_every_topic_has_a_rule_and_the_form_its_two() -> None:
    names = [entry["rule"] for entry in rules(tuple(LABELLED))]
    assert len(names) == len(set(names)) == len(LABELLED) + 2
    assert SUBMIT in steps_of(rules(tuple(LABELLED)), "action")


def test_the_project_is_written_with_what_rasa_run_needs(tmp_path: Path) -> None:
    write_stock_project(tmp_path, labelled=LABELLED, texts=TEXTS, epochs=3)
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {
        *("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"),
        *("data/nlu.yml", "data/rules.yml", "data/stories.yml"),
        *("actions/__init__.py", "actions/actions.py"),
    }
    configuration = YAML(typ="safe").load(tmp_path / "config.yml")
    names = [part["name"] for part in (*configuration["pipeline"], *configuration["policies"])]
    assert {"DIETClassifier", "RulePolicy", "MemoizationPolicy", "TEDPolicy", "UnexpecTEDIntentPolicy"} <= set(names)
    assert configuration["assistant_id"] != "placeholder_default"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes, scoliosis", "yes"),
        ("no fracture", "no"),
        ("none of these", "no"),
        ("I'm not sure", "unknown"),
        ("hm", None),
    ],
)
def test_the_form_reads_answers(tmp_path: Path, text: str, answer: str | None) -> None:
    write_stock_project(tmp_path, labelled=LABELLED, texts=TEXTS)
    spec = importlib.util.spec_from_file_location("stock_actions", tmp_path / "actions/actions.py")
    assert spec is not None
    assert spec.loader is not None
    actions = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(actions)
    assert actions.read_answer(text) == answer
