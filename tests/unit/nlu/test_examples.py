"""The training examples of data/nlu/."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData

LEAST_EXAMPLES = 12
SET_BY_COMPONENTS = {
    "answer",
    "choose",
    "handed_back",
    "emergency",
    "crisis",
    "urgent",
    "spanish",
    "other_language",
    "unclear",
    "nlu_fallback",
}
"""Intents that come from a component or a button, so that nothing is learnt of them."""


@pytest.fixture(scope="module")
def files(project: Path) -> list[Path]:
    return sorted((project / "data" / "nlu").glob("*.yml"))


@pytest.fixture(scope="module")
def examples(project: Path) -> TrainingData:
    return load_data(str(project / "data" / "nlu"))


@pytest.fixture(scope="module")
def domain(project: Path) -> dict[str, object]:
    return dict(yaml.safe_load((project / "domain.yml").read_text(encoding="utf-8")))


def folded(text: str) -> str:
    """A text without case and punctuation."""
    return " ".join(re.findall(r"\w+", text.lower().replace("'", "")))


def test_every_label_has_enough_examples(examples: TrainingData) -> None:
    counts = Counter(example.get_full_intent() for example in examples.intent_examples)

    assert {label: count for label, count in counts.items() if count < LEAST_EXAMPLES} == {}


def test_the_intents_with_examples_are_the_domains(examples: TrainingData, domain: dict[str, list[str]]) -> None:
    assert examples.intents == set(domain["intents"]) - SET_BY_COMPONENTS


def test_every_topic_has_a_text_to_answer_it(examples: TrainingData, domain: dict[str, dict[str, object]]) -> None:
    topics = {label for label in (example.get_full_intent() for example in examples.intent_examples) if "/" in label}

    assert {topic for topic in topics if f"utter_{topic}" not in domain["responses"]} == set()


def test_every_text_of_a_question_has_examples(examples: TrainingData, domain: dict[str, dict[str, object]]) -> None:
    topics = {example.get_full_intent() for example in examples.intent_examples}
    texts = (name.removeprefix("utter_") for name in domain["responses"] if "/" in name)

    assert {topic for topic in texts if topic.startswith(("faq/", "not_covered/", "clinician/"))} - topics == set()


def test_no_example_stands_twice(files: list[Path]) -> None:
    lines: dict[str, list[str]] = {}
    for file in files:
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                lines.setdefault(folded(line.removeprefix("- ")), []).append(f"{block['intent']}: {line}")

    assert [same for same in lines.values() if len(same) > 1] == []


def test_no_example_is_without_words_or_holds_markup(examples: TrainingData) -> None:
    texts = [example.get(TEXT) for example in examples.intent_examples]

    assert [text for text in texts if not folded(text) or set(text) & set("[]{}")] == []
