"""A front desk that could not say something does not start."""

import pytest

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.responses import require_responses


def test_all_are_there(texts: Texts) -> None:
    require_responses(texts)


def test_missing_ones_are_named() -> None:
    texts = Texts(responses={"utter_opening": [], "utter_urgent": [], "utter_emergency": []}, variables={})
    missing = "utter_assistant_down, utter_not_received, utter_nobody_came, utter_emergency_es, utter_crisis"
    with pytest.raises(ValueError, match=missing):
        require_responses(texts)
