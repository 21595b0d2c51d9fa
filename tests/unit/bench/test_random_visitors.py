"""Random visitors: the same again with the same seed, and of every kind."""

from pathlib import Path

import pytest

from bench.random_visitors import FEWEST_TURNS, MOST_TURNS, WEIGHTS, RandomVisitor, Said, Sayings, read_sayings
from candidacy.assistant.reply import Button, Reply

SAYINGS = Sayings({kind: (f"{kind} one", f"{kind} two") for kind in WEIGHTS})
ASKED = (Reply(text="Is it?", kind="question", buttons=(Button("Yes", "/yes"), Button("No", "/no"))),)


def said_by(seed: int, *, turns: int = 20) -> list[Said]:
    visitor = RandomVisitor(seed, SAYINGS)
    return [visitor.next(ASKED) for _ in range(turns)]


def test_the_same_seed_says_the_same() -> None:
    assert said_by(7) == said_by(7)
    assert said_by(7) != said_by(8)


def test_the_conversations_are_short_and_longer() -> None:
    assert {RandomVisitor(seed, SAYINGS).turns for seed in range(300)} == set(range(FEWEST_TURNS, MOST_TURNS + 1))


def test_buttons_are_pressed_as_they_were_offered() -> None:
    pressed = {(said.text, said.payload) for seed in range(50) for said in said_by(seed) if said.payload}
    assert pressed == {("Yes", "/yes"), ("No", "/no")}


def test_without_buttons_something_is_typed() -> None:
    visitor = RandomVisitor(1, SAYINGS)
    assert all(visitor.next(()).payload is None for _ in range(50))


@pytest.mark.parametrize("kind", list(WEIGHTS))
def test_there_is_something_to_say_of_every_kind(project: Path, kind: str) -> None:
    assert len(read_sayings(project).by_kind[kind]) >= 5
