"""A visitor of an assistant process goes on from what its last turn left."""

from typing import Any

import pytest

from bench.side_by_side.assistants import AssistantVisitor
from bench.side_by_side.visitors import NoReply
from candidacy.assistant.client import AssistantUnavailable, TurnResult
from candidacy.assistant.reply import Reply

pytestmark = pytest.mark.anyio


class Client:
    """Stands for the way to a process: leaves a state that counts the turns, and fails when told so."""

    def __init__(self) -> None:
        self.turns: list[dict[str, Any]] = []
        self.fails = False

    async def turn(self, **turn: Any) -> TurnResult:
        if self.fails:
            raise AssistantUnavailable("status 503")
        self.turns.append(turn)
        return TurnResult((Reply("Yes.", "answer"),), {}, f"state {len(self.turns)}".encode())


async def test_each_turn_has_a_name_and_the_state_of_the_one_before() -> None:
    client = Client()
    visitor = AssistantVisitor(client, "c")  # type: ignore[arg-type]
    for text in ("Hello", "What is it?"):
        assert await visitor.say(text) >= 0
    assert [(turn["turn_id"], turn["dialogue_state"]) for turn in client.turns] == [
        ("turn-1", None),
        ("turn-2", b"state 1"),
    ]


async def test_a_turn_that_fails_is_no_reply() -> None:
    client = Client()
    client.fails = True
    with pytest.raises(NoReply, match="503"):
        await AssistantVisitor(client, "c").say("Hello")  # type: ignore[arg-type]
