"""Checks what a custom action answered, event by event, by schemas that are prepared once.

Rasa prepares its schema anew at every call, and tries an event against the schemas of all kinds of events.
"""

from collections.abc import Mapping
from typing import Any

from jsonschema import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils.schemas.events import EVENT_SCHEMA

KINDS = "oneOf"


class ActionResults:
    """What an action may answer: the same as by Rasa's own schema."""

    def __init__(self) -> None:
        answer = RemoteAction.action_response_format_spec()
        self._answer = _validator({**answer, "properties": {**answer["properties"], "events": {"type": "array"}}})
        self._events = _by_kind(EVENT_SCHEMA)

    def check(self, result: Any) -> None:
        """Raises jsonschema.ValidationError when it is no answer of an action."""
        self._answer.validate(result)
        for event in result.get("events", ()):
            self._validator_of(event).validate(event)

    def _validator_of(self, event: Any) -> Validator:
        kind = event.get("event") if isinstance(event, dict) else None
        if not isinstance(kind, str) or kind not in self._events:
            raise ValidationError("an event is of no kind that Rasa knows")
        return self._events[kind]


def check_results_by_kind() -> None:
    """From now on Rasa checks the answers of actions so; for the process that serves Rasa, before it starts."""
    results = ActionResults()

    def validate(_: RemoteAction, result: Any) -> bool:
        """True; raises jsonschema.ValidationError when it is no answer of an action."""
        results.check(result)
        return True

    RemoteAction._validate_action_result = validate


def _by_kind(schema: Mapping[str, Any]) -> dict[str, Validator]:
    """A validator for each kind of event: what all kinds share, and what is its own."""
    shared = {key: value for key, value in schema.items() if key != KINDS}
    return {kind["properties"]["event"]["const"]: _validator({**shared, "allOf": [kind]}) for kind in schema[KINDS]}


def _validator(schema: Mapping[str, Any]) -> Validator:
    return validator_for(schema)(schema)
