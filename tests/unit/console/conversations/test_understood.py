"""What was understood, as staff read it; whatever was kept, nothing breaks."""

from typing import Any

import pytest

from candidacy.console.conversations.understood import understood

FINDING = {"concept": "fracture", "value": "yes", "subject": "other", "time": "past", "detail": "L1, 2019", "text": "…"}


@pytest.mark.parametrize(
    ("understanding", "lines"),
    [
        (None, ()),
        ({}, ()),
        ({"intent": {"name": "ask_fusion", "confidence": 0.873}}, (("Intent", "ask fusion (87%)"),)),
        (
            {
                "topics": [
                    {"name": "cost", "confidence": 0.5, "clause": "how much"},
                    {"name": "scar", "confidence": 1.0},
                ]
            },
            (("Topics", "cost (50%), scar (100%)"),),
        ),
        ({"findings": [FINDING]}, (("Findings", "fracture: yes (somebody else), L1, 2019"),)),
        ({"answer": "unknown"}, (("Answer", "unknown"),)),
        ({"red_flag": {"level": "urgent", "category": "new_weakness"}}, (("Red flag", "urgent, new weakness"),)),
        (
            {"red_flag": None, "answered_by": "front_desk"},
            (("Answered by", "the front desk, while the assistant could not be reached"),),
        ),
        ({"intent": 7, "topics": "x", "findings": [None], "red_flag": "x"}, ()),
    ],
)
def test_understood(understanding: Any, lines: Any) -> None:
    assert understood(understanding) == lines
