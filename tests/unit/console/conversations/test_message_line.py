"""A message as a transcript shows it."""

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest

from candidacy.console.conversations.labels import load_labels
from candidacy.console.conversations.message_line import message_line
from candidacy.records.console.transcript import TranscriptMessage

MESSAGE = TranscriptMessage(
    id=9,
    position=3,
    author="assistant",
    staff=None,
    kind="answer",
    topic="after_care",
    facts=("F1", "F2"),
    text="Rest.",
    buttons=(),
    pressed=False,
    in_reply_to=None,
    at=datetime(2030, 5, 1, 12, 0, tzinfo=timezone.utc),
    channel="web",
    delivery_state=None,
    delivery_error=None,
    held_until=None,
    understanding=None,
)


@pytest.mark.parametrize(
    ("changes", "part", "value"),
    [
        ({}, "who", "Assistant"),
        ({"author": "staff", "staff": "Ann"}, "who", "Ann"),
        ({"author": "visitor", "pressed": True}, "who", "Visitor, by a button"),
        ({"buttons": ("Yes", "No")}, "choices", "Buttons: Yes, No"),
        ({}, "way", ""),
        ({"channel": "sms"}, "way", "Text message"),
        ({}, "delivery", ""),
        ({"delivery_state": "delivered"}, "delivery", "Delivered"),
        ({"delivery_state": "failed", "delivery_error": "30003"}, "delivery", "Not delivered (30003)"),
        ({"delivery_state": "failed"}, "undelivered", True),
        (
            {"delivery_state": "queued", "held_until": MESSAGE.at},
            "delivery",
            "Held back for the quiet hours; goes out noon",
        ),
        ({}, "more", (("Kind", "answer"), ("Topic", "After care"), ("Facts used", "F1, F2"))),
        ({"author": "visitor", "understanding": {"answer": "no"}}, "more", (("Answer", "no"),)),
    ],
)
def test_message_line(changes: dict[str, Any], part: str, value: Any) -> None:
    line = message_line(replace(MESSAGE, **changes), labels=load_labels(), written=lambda _: "noon")
    assert getattr(line, part) == value
