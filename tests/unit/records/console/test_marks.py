"""A message's danger alarms once, and again only where it turns out graver."""

from collections.abc import Callable
from typing import Any

import pytest

from candidacy.casework.turn_marks import TurnMarks
from candidacy.records.console.marks import leave_marks
from candidacy.records.console.red_flags import acknowledge, red_flags_of
from candidacy.records.console.transcript import conversation_header
from tests.unit.records.console.conftest import ANN, Clinic

Ask = Callable[..., Any]


@pytest.mark.parametrize(
    ("at_reception", "by_turn", "noted"),
    [
        ("emergency", "emergency", ["emergency"]),
        ("emergency", "urgent", ["emergency"]),
        ("urgent", "emergency", ["urgent", "emergency"]),
    ],
)
def test_a_turn_notes_only_what_is_graver(
    clinic: Clinic, do: Ask, ask: Ask, at_reception: str, by_turn: str, noted: list[str]
) -> None:
    conversation = clinic.begin(channel="sms")
    common: dict[str, Any] = {"conversation_id": conversation, "now": clinic.now}
    message = clinic.write(conversation, "numb")

    do(leave_marks, message_id=message, marks=TurnMarks(red_flag=at_reception), **common)
    do(acknowledge, staff_id=ANN, **common)
    do(leave_marks, message_id=message, marks=TurnMarks(red_flag=by_turn), **common)

    flags = ask(red_flags_of, conversation_id=conversation)
    assert [flag.level for flag in reversed(flags)] == noted
    header = ask(conversation_header, conversation_id=conversation)
    assert header.alarming == (len(noted) > 1)
    assert header.red_flag == noted[-1]


def test_danger_in_a_text_that_is_not_kept_alarms_too(clinic: Clinic, do: Ask, ask: Ask) -> None:
    conversation = clinic.begin(channel="sms")
    for _ in range(2):
        marks = TurnMarks(red_flag="crisis")
        do(leave_marks, conversation_id=conversation, message_id=None, marks=marks, now=clinic.now)
    assert len(ask(red_flags_of, conversation_id=conversation)) == 2
