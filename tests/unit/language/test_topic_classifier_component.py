"""The topic classifier inside Rasa's pipeline."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.encoder_component import ENCODED
from candidacy.language.topic_classifier_component import TopicClassifierComponent

Parse = Callable[[TopicClassifierComponent, str], dict[str, Any]]

EXAMPLES = """
version: "3.1"
nlu:
  - intent: faq/hospital_stay
    examples: |
      - how long in hospital
      - how many days in the hospital
      - how long do they keep you in
  - intent: faq/rehabilitation
    examples: |
      - will I need physical therapy
      - is there rehab after
      - do I need pt
  - intent: affirm
    examples: |
      - yes
      - ok
      - sure
"""
RESOURCE = Resource("topics")
CONTEXT = ExecutionContext(GraphSchema({}))


@pytest.fixture(scope="module")
def training_data(tmp_path_factory: pytest.TempPathFactory) -> TrainingData:
    file = tmp_path_factory.mktemp("nlu") / "nlu.yml"
    file.write_text(EXAMPLES, encoding="utf-8")
    return load_data(str(file))


@pytest.fixture(scope="module")
def storage(
    training_data: TrainingData, encoder: MessageEncoder, tmp_path_factory: pytest.TempPathFactory
) -> LocalModelStorage:
    """A model in which the component has been trained."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    config = TopicClassifierComponent.get_default_config()
    for example in training_data.training_examples:
        example.set(ENCODED, encoder.encode_message(example.get("text")))
    TopicClassifierComponent.create(config, storage, RESOURCE, CONTEXT).train(training_data)
    return storage


def loaded(storage: LocalModelStorage, **options: Any) -> TopicClassifierComponent:
    config = {**TopicClassifierComponent.get_default_config(), **options}
    return TopicClassifierComponent.load(config, storage, RESOURCE, CONTEXT)


@pytest.fixture(scope="module")
def parse(encoder: MessageEncoder) -> Parse:
    """What Rasa puts out for a message."""
    return lambda component, text: _parse(component, Message({"text": text, ENCODED: encoder.encode_message(text)}))


def _parse(component: TopicClassifierComponent, built: Message) -> dict[str, Any]:
    (message,) = component.process([built])
    return dict(message.as_dict(only_output_properties=True))


def test_a_question_gets_its_intent_and_its_topic(storage: LocalModelStorage, parse: Parse) -> None:
    parsed = parse(loaded(storage), "How long in hospital?")

    assert parsed["intent"] == {"name": "faq", "confidence": 1.0}
    assert parsed["topics"] == [
        {"name": "faq/hospital_stay", "confidence": 1.0, "clause": "How long in hospital?"},
    ]
    assert parsed["candidates"] == []


def test_two_questions_get_two_topics(storage: LocalModelStorage, parse: Parse) -> None:
    parsed = parse(loaded(storage), "How long in hospital? Do I need PT?")

    assert [topic["name"] for topic in parsed["topics"]] == ["faq/hospital_stay", "faq/rehabilitation"]


def test_a_plain_intent_has_no_topic(storage: LocalModelStorage, parse: Parse) -> None:
    parsed = parse(loaded(storage), "ok")

    assert parsed["intent"]["name"] == "affirm"
    assert parsed["topics"] == []


def test_the_ranking_begins_with_the_intent_and_is_as_long_as_asked(storage: LocalModelStorage, parse: Parse) -> None:
    parsed = parse(loaded(storage, ranking_length=1), "How long in hospital?")

    assert parsed["intent_ranking"] == [parsed["intent"]]


def test_the_gates_are_options(storage: LocalModelStorage, parse: Parse) -> None:
    strict = loaded(storage, answer_confidence=1.0)
    parsed = parse(strict, "how many days would I be in hospital")

    assert parsed["intent"]["name"] == "nlu_fallback"
    assert parsed["topics"] == []
    assert parsed["candidates"][0] == "faq/hospital_stay"


@pytest.mark.parametrize("text", ['/answer{"fracture": "yes"}', "", "?", "\U0001f44d"])
def test_what_is_not_encoded_passes_untouched(storage: LocalModelStorage, text: str) -> None:
    parsed = _parse(loaded(storage), Message({"text": text}))

    assert "intent" not in parsed
    assert "topics" not in parsed


def test_a_wrong_gate_is_refused_by_name() -> None:
    config = {**TopicClassifierComponent.get_default_config(), "margin": 7}

    with pytest.raises(ValueError, match="margin must lie between 0 and 1"):
        TopicClassifierComponent.validate_config(config)


def test_a_model_without_the_component_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Resource 'topics' does not exist"):
        loaded(LocalModelStorage.create(tmp_path))
