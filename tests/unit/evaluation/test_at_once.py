"""Many questions, a few at once, and their answers in order."""

import asyncio

import pytest

from candidacy.evaluation.at_once import answer_all
from candidacy.launcher.errors import Interrupted
from candidacy.launcher.stop_request import StopRequest


def test_answers_come_in_the_order_of_the_questions_and_only_a_few_at_once() -> None:
    running: list[str] = []
    most = 0
    taken: list[tuple[str, str]] = []
    seconds = {"a": 0.05, "b": 0.0, "c": 0.01, "d": 0.0}

    async def ask(question: str) -> str:
        nonlocal most
        running.append(question)
        most = max(most, len(running))
        await asyncio.sleep(seconds[question])
        running.remove(question)
        return question.upper()

    def take(question: str, answer: str) -> None:
        taken.append((question, answer))

    asyncio.run(answer_all("abcd", ask, take=take, at_once=2, stop=StopRequest()))
    assert taken == [("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")]
    assert most == 2


def test_a_stop_gives_up_what_is_under_way() -> None:
    stop = StopRequest()
    given_up: list[str] = []

    async def ask(question: str) -> str:
        try:
            await asyncio.sleep(0 if question == "a" else 60)
        except asyncio.CancelledError:
            given_up.append(question)
            raise
        return "answer"

    def take(_: str, __: str) -> None:
        stop.ask()

    with pytest.raises(Interrupted):
        asyncio.run(answer_all("abcd", ask, take=take, at_once=2, stop=stop))
    assert sorted(given_up) == ["b", "c"]
