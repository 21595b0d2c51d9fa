"""Rasa checks what actions answer as before."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from candidacy.assistant.action_results import check_results_by_one_schema


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    # Put back afterwards, whatever is set meanwhile.
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    check_results_by_one_schema()
    return RemoteAction("action_answer", None)


def test_an_answer_of_an_action_is_taken(action: RemoteAction) -> None:
    answer = {
        "events": [{"event": "slot", "name": "asked", "value": "fracture", "timestamp": None}],
        "responses": [{"response": "utter_greet"}],
    }
    assert action._validate_action_result(answer)


@pytest.mark.parametrize(
    "answer", [[], {"events": "none"}, {"responses": ["hello"]}, {"events": [{"event": "unheard"}]}]
)
def test_anything_else_is_refused(action: RemoteAction, answer: object) -> None:
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)
