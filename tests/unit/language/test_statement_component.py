"""The reader of statements inside Rasa's pipeline."""

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.encoder_component import ENCODED, STATEMENT
from candidacy.language.question_put import as_metadata
from candidacy.language.statement_component import StatementComponent

RESOURCE = Resource("statements")
CONTEXT = ExecutionContext(GraphSchema({}))
CONCEPTS = ("fracture", "age_related", "stenosis_surgery")
SAID = {"yes": "yes I did", "no": "no I never did", "unknown": "I could not say", "-": "what do you mean?"}


@pytest.fixture(scope="module")
def component(encoder: MessageEncoder, tmp_path_factory: pytest.TempPathFactory) -> StatementComponent:
    """Trained on next to nothing, so that the rules' reading stands."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    config = {
        **StatementComponent.get_default_config(),
        "doubt": 0.0,
        "doubt_volunteered": 0.0,
        "store": 1.0,
        "said": 1.0,
    }
    examples = [
        Message(
            {
                "text": text,
                STATEMENT: {"text": text, "asked": asked, "values": dict.fromkeys(CONCEPTS, value), "subject": "self"},
                ENCODED: encoder.encode_texts([text]),
            }
        )
        for asked in (*CONCEPTS, None)
        for value, text in SAID.items()
    ]
    StatementComponent.create(config, storage, RESOURCE, CONTEXT).train(TrainingData(examples))
    return StatementComponent.load(config, storage, RESOURCE, CONTEXT)


@pytest.fixture(scope="module")
def read(component: StatementComponent, encoder: MessageEncoder) -> Any:
    """What Rasa puts out for a message."""

    def read(text: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
        data = {"text": text, "metadata": metadata, ENCODED: encoder.encode_message(text)}
        (message,) = component.process([Message(data)])
        return dict(message.as_dict(only_output_properties=True))

    return read


def test_rasa_knows_the_component() -> None:
    registered = DefaultV1Recipe._from_registry("StatementComponent")
    assert registered.clazz is StatementComponent
    assert registered.is_trainable


def test_what_was_read_is_part_of_the_output(read: Any) -> None:
    output = read("no fracture but they did a laminectomy in 2019")
    assert [(finding["concept"], finding["value"]) for finding in output["findings"]] == [
        ("fracture", "no"),
        ("stenosis_surgery", "yes"),
    ]


def test_the_reading_depends_on_what_was_asked(read: Any) -> None:
    output = read("stenosis")
    assert output["findings"] == []
    (finding,) = output["readings"]["age_related"]["findings"]
    assert (finding["concept"], finding["value"]) == ("age_related", "yes")


@pytest.mark.parametrize(
    ("metadata", "questions"),
    [
        (None, CONCEPTS),
        ({}, CONCEPTS),
        (as_metadata("age_related"), ("age_related",)),
        (as_metadata("contact_name"), ()),
        (as_metadata(None), ()),
    ],
)
def test_only_the_question_that_was_put_is_read(read: Any, metadata: Any, questions: tuple[str, ...]) -> None:
    assert tuple(read("stenosis", metadata)["readings"]) == questions


@pytest.mark.parametrize("text", ["/answer", '/answer{"fracture": "yes"}', "", None])
def test_a_payload_and_a_blank_message_state_nothing(component: StatementComponent, text: str | None) -> None:
    (message,) = component.process([Message({"text": text})])
    assert message.get("findings") == []
    assert message.get("readings") == {}


def test_a_changed_rule_makes_a_new_model(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yml"
    rules.write_text("a: 1\n", encoding="utf-8")
    before = StatementComponent.fingerprint_addon({"rules": str(tmp_path)})
    rules.write_text("a: 2\n", encoding="utf-8")
    assert StatementComponent.fingerprint_addon({"rules": str(tmp_path)}) != before


def test_a_wrong_gate_is_refused() -> None:
    with pytest.raises(ValueError, match="doubt must lie between 0 and 1"):
        StatementComponent.validate_config({"doubt": 7})
