"""A conversation as a line of the inbox."""

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest

from candidacy.console.conversations.inbox_line import inbox_line
from candidacy.console.conversations.labels import load_labels
from candidacy.records.console.inbox import InboxRow

NOON = datetime(2030, 5, 1, 12, 0, tzinfo=timezone.utc)
ROW = InboxRow(
    id="4f",
    channel="web",
    state="assistant",
    outcome=None,
    assignee_id=None,
    assignee=None,
    alarming=False,
    red_flag=None,
    low_confidence=False,
    unanswered=False,
    created_at=NOON,
    last_activity_at=NOON,
    waiting_since=None,
    last_position=1,
    excerpt="Hello",
    excerpt_author="visitor",
    tags=(),
)


@pytest.mark.parametrize(
    ("changes", "part", "words"),
    [
        ({}, "standing", "With the assistant · Web chat"),
        ({"state": "waiting", "waiting_since": NOON}, "standing", "Waits for a person since noon · Web chat"),
        ({"state": "person", "assignee": "Ann"}, "standing", "With Ann · Web chat"),
        ({"outcome": "reported"}, "standing", "With the assistant · Web chat · At least one yes"),
        ({}, "excerpt", "Visitor: Hello"),
        ({"excerpt": "", "excerpt_author": None}, "excerpt", "Nothing was written yet"),
        ({}, "alarm", ""),
        ({"red_flag": "urgent", "alarming": True}, "alarm", "Red flag: urgent"),
        ({"red_flag": "urgent"}, "alarm", "Red flag: urgent (acknowledged)"),
        ({"low_confidence": True, "unanswered": True}, "marks", "Understood with little confidence · Not answered"),
        ({"tags": ("a", "b")}, "tags", "a, b"),
    ],
)
def test_inbox_line(changes: dict[str, Any], part: str, words: str) -> None:
    line = inbox_line(replace(ROW, **changes), labels=load_labels(), written=lambda _: "noon")
    assert getattr(line, part) == words
