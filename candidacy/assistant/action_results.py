"""Checks what a custom action answered, by a schema that is prepared once.

Rasa checks the schema itself anew at every call, which took two fifths of a turn's processor time (measured).
"""

from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def check_results_by_one_schema() -> None:
    """From now on Rasa checks the answers of actions so; for the process that serves Rasa, before it starts."""
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validate(_: RemoteAction, result: Any) -> bool:
        """True; raises jsonschema.ValidationError when it is no answer of an action."""
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
