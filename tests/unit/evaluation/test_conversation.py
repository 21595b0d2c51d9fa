"""A fresh conversation a message, brought to the question that the message answers."""

import asyncio
from typing import Any

import pytest
from cryptography.fernet import Fernet

from candidacy.assistant.client import AssistantUnavailable, TurnResult
from candidacy.assistant.reply import Reply
from candidacy.assistant.saved_slots import slots_of
from candidacy.evaluation.conversation import Asker
from candidacy.evaluation.scored import Exchange
from candidacy.evaluation.screening import ScreeningCase
from candidacy.evaluation.screening_replies import CONCEPTS
from candidacy.records.dialogue_states import sealed_state
from candidacy.records.encryption import Cipher

CIPHER = Cipher((Fernet.generate_key().decode(),))
QUESTIONS = ("screening_consent", "screening_subject", "screening_adult", "screening_danger", "fracture", "age_related")


class Assistant:
    """Puts one question after the other; says what it was told."""

    def __init__(self, *, fails_at: int | None = None, questions: tuple[str, ...] = QUESTIONS) -> None:
        self.told: list[str] = []
        self.turns: list[tuple[str, str]] = []
        self.gone_on_from: list[bytes | None] = []
        self._fails_at = fails_at
        self._questions = questions

    async def turn(self, **turn: Any) -> TurnResult:
        self.turns.append((turn["conversation_id"], turn["turn_id"]))
        self.gone_on_from.append(turn["dialogue_state"])
        self.told.append(turn["payload"] or turn["text"])
        if len(self.told) == self._fails_at:
            raise AssistantUnavailable("the turn took too long")
        if turn["text"] is not None or len(self.told) > len(self._questions):
            return TurnResult((Reply("Thank you.", "notice"),), {"intent": {}}, self.state())
        question = Reply("?", "question", topic=self._questions[len(self.told) - 1])
        return TurnResult((question,), {}, self.state())

    def state(self) -> bytes:
        """A state that says how often it was spoken with."""
        return sealed_state([{"event": "slot", "name": "turns", "value": len(self.told)}], cipher=CIPHER)


def ask(assistant: Assistant, *, asked: str | None) -> Exchange:
    case = ScreeningCase("never", asked, dict.fromkeys(CONCEPTS, "-"), "self")
    asker = Asker(assistant, cipher=CIPHER)  # type: ignore[arg-type]
    return asyncio.run(asker.ask(case))


def test_a_first_message_is_the_first_turn() -> None:
    assistant = Assistant()
    exchange = ask(assistant, asked=None)
    assert [turn_id for _, turn_id in assistant.turns] == ["turn-1"]
    assert (exchange.texts, exchange.failure, exchange.understanding) == (["Thank you."], None, {"intent": {}})


def test_the_screening_is_answered_up_to_the_question() -> None:
    assistant = Assistant()
    ask(assistant, asked="age_related")
    assert assistant.told == [
        "/screening",
        '/answer{"screening_consent": "yes"}',
        '/answer{"screening_subject": "self"}',
        '/answer{"screening_adult": "yes"}',
        '/answer{"screening_danger": "no"}',
        '/answer{"fracture": "skipped"}',
        "never",
    ]
    assert len(set(assistant.turns)) == len(assistant.told)
    assert len({conversation for conversation, _ in assistant.turns}) == 1


def test_each_turn_goes_on_from_what_the_one_before_left() -> None:
    assistant = Assistant()
    exchange = ask(assistant, asked="age_related")
    assert [slots_of(state, cipher=CIPHER).get("turns") for state in assistant.gone_on_from] == [None, *range(1, 7)]
    assert (exchange.before, exchange.after) == ({"turns": 6}, {"turns": 7})


@pytest.mark.parametrize("turn", [1, 3, 7])
def test_a_turn_that_fails_is_what_came_of_it(turn: int) -> None:
    exchange = ask(Assistant(fails_at=turn), asked="age_related")
    assert exchange.failure == "the turn took too long"
    assert exchange.replies == ()


@pytest.mark.parametrize("questions", [QUESTIONS[:3], QUESTIONS[:1] * 50], ids=["it ends", "it goes round"])
def test_a_question_that_is_never_put_is_a_failure(questions: tuple[str, ...]) -> None:
    exchange = ask(Assistant(questions=questions), asked="age_related")
    assert exchange.failure == "the question age_related was not reached"
