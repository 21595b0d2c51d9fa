"""Small replies and texts that the evaluation's tests share."""

import pytest

from candidacy.assistant.texts import Texts


@pytest.fixture
def texts() -> Texts:
    """The texts of four topics."""
    metadata = {
        "faq/hospital_stay": {"kind": "answer", "facts": ["F6"]},
        "faq/recovery_length": {"kind": "answer", "facts": ["F8", "F9"]},
        "faq/contact": {"kind": "answer", "facts": ["F11"]},
        "not_covered/risks": {"kind": "not_covered"},
    }
    responses = {f"utter_{topic}": [{"text": topic, "metadata": data}] for topic, data in metadata.items()}
    return Texts(responses=responses, variables={})
