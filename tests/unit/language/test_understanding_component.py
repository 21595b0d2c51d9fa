"""The component inside Rasa's pipeline."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from candidacy.language.findings import FindingsReader
from candidacy.language.red_flag import RedFlag
from candidacy.language.understanding_component import Understanding


@pytest.fixture(scope="module")
def component(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    return Understanding.create(
        Understanding.get_default_config(),
        LocalModelStorage(tmp_path_factory.mktemp("storage")),
        Resource("understanding"),
        ExecutionContext(GraphSchema({})),
    )


def read(component: Understanding, text: str | None, **keys: Any) -> Message:
    (message,) = component.process([Message({"text": text, **keys})])
    return message


def test_rasa_knows_the_component() -> None:
    registered = DefaultV1Recipe._from_registry("Understanding")
    assert registered.clazz is Understanding
    assert not registered.is_trainable


def test_a_statement_and_the_language_decide_the_intent(component: Understanding, reader: FindingsReader) -> None:
    output = read(component, "no fracture", stated=reader.read("no fracture")).as_dict(only_output_properties=True)
    assert output["language"] == "en"
    assert output["intent"] == {"name": "inform", "confidence": 1.0}


def test_a_red_flag_is_set_and_decides(component: Understanding) -> None:
    ranking = [{"name": "faq", "confidence": 0.9}]
    red_flag = RedFlag(level="emergency", category="leg_weakness", language="en")
    message = read(component, "I can't feel my legs", intent=ranking[0], intent_ranking=ranking, red_flag=red_flag)
    assert message.get("red_flag") == {"level": "emergency", "category": "leg_weakness", "language": "en"}
    assert message.get("intent")["name"] == "emergency"
    assert message.get("intent_ranking") == ranking


def test_a_confident_question_stands(component: Understanding, reader: FindingsReader) -> None:
    text = "I have stenosis, how long is it"
    message = read(component, text, intent={"name": "faq", "confidence": 0.8}, stated=reader.read(text))
    assert message.get("intent")["name"] == "faq"


@pytest.mark.parametrize("payload", ["/answer", '/answer{"fracture": "yes"}', "/faq/hospital_stay"])
def test_a_payload_passes_untouched(component: Understanding, payload: str) -> None:
    intent = {"name": "answer", "confidence": 1.0}
    message = read(component, payload, intent=intent)
    assert message.get("intent") == intent
    assert message.get("red_flag") is None


def test_a_typed_slash_is_text(component: Understanding, reader: FindingsReader) -> None:
    text = "/ I broke my L1 in 2015"
    assert read(component, text, stated=reader.read(text)).get("intent")["name"] == "inform"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        (None, "unclear"),
        ("", "unclear"),
        ("\U0001f44d", "unclear"),
        ("\u200b", "unclear"),
        ("?", "unclear"),
        ("\u00bfcu\u00e1nto cuesta la operaci\u00f3n?", "spanish"),
        ("Combien de temps dure l'op\u00e9ration ?", "other_language"),
        ("a " * 1000, None),
        ("\x00\x07 odd", None),
        ("'''\"\"\"((([[[", "unclear"),
        ("l" * 2000, None),
    ],
)
def test_odd_text_is_read_without_an_error(component: Understanding, text: str | None, intent: str | None) -> None:
    read_intent = read(component, text).get("intent")
    assert (read_intent and read_intent["name"]) == intent
