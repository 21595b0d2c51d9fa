"""Rasa's generator of texts, with the clinic's variables known to every text of domain.yml."""

from collections.abc import Mapping
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator


class ClinicTextGenerator(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Fills in {clinic_name}, {clinic_phone} and the like beside slots and an action's own values."""

    def __init__(self, *, variables: Mapping[str, str]) -> None:
        super().__init__(responses={})
        self._variables = dict(variables)

    def _response_variables(self, filled_slots: dict[str, Any] | None, kwargs: dict[str, Any]) -> dict[str, Any]:
        return {**self._variables, **(filled_slots or {}), **kwargs}
