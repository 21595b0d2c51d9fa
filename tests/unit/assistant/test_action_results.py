"""Rasa checks what actions answer as before."""

import pytest
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils.schemas.events import EVENT_SCHEMA

from candidacy.assistant.action_results import ActionResults, check_results_by_kind


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    # Put back afterwards, whatever is set meanwhile.
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    check_results_by_kind()
    return RemoteAction("action_answer", None)


def test_an_answer_of_an_action_is_taken(action: RemoteAction) -> None:
    answer = {
        "events": [{"event": "slot", "name": "asked", "value": "fracture", "timestamp": None}],
        "responses": [{"response": "utter_greet"}],
    }
    assert action._validate_action_result(answer)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"events": "none"},
        {"responses": ["hello"]},
        {"events": ["slot"]},
        {"events": [{"name": "asked"}]},
        {"events": [{"event": "unheard"}]},
        {"events": [{"event": ["slot"]}]},
        {"events": [{"event": "slot", "name": "asked"}]},
        {"events": [{"event": "slot", "name": "asked", "value": 1, "timestamp": "now"}]},
    ],
)
def test_anything_else_is_refused_as_by_rasas_own_schema(action: RemoteAction, answer: object) -> None:
    with pytest.raises(ValidationError):
        validate(answer, RemoteAction.action_response_format_spec())
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)


def test_every_kind_of_event_is_known() -> None:
    results = ActionResults()
    for kind in EVENT_SCHEMA["oneOf"]:
        event = {"event": kind["properties"]["event"]["const"], **dict.fromkeys(kind.get("required", ()), "x")}
        try:
            validate({"events": [event]}, RemoteAction.action_response_format_spec())
        except ValidationError:
            with pytest.raises(ValidationError):
                results.check({"events": [event]})
        else:
            results.check({"events": [event]})
