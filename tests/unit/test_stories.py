"""The test stories take every way that the rules know, in and out of each form; Rasa plays them in `make test`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parent.parent.parent

Step = dict[str, Any]


@dataclass(frozen=True)
class Way:
    """What follows a message of the visitor; for a rule without an intent, what follows a form's own action."""

    form: str | None
    """The form that asks, or None outside of any."""
    intent: str | None
    steps: tuple[str, ...]
    """The actions, and which form asks after them ("screening_form asks", "no form asks")."""


def read(folder: str, key: str) -> list[dict[str, Any]]:
    files = sorted((PROJECT / folder).glob("*.yml"))
    return [entry for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8"))[key]]


def what_follows(steps: list[Step]) -> tuple[str, ...]:
    told = []
    for step in steps:
        if "action" in step:
            told.append(step["action"])
        elif "active_loop" in step:
            told.append(f"{step['active_loop'] or 'no form'} asks")
    return tuple(told)


def ways_of_rule(rule: dict[str, Any]) -> list[Way]:
    form = next((entry["active_loop"] for entry in rule.get("condition", ()) if "active_loop" in entry), None)
    first, *rest = rule["steps"]
    if "action" in first:
        return [Way(form, None, what_follows(rule["steps"]))]
    return [Way(form, step["intent"], what_follows(rest)) for step in first.get("or", [first])]


def ways_of_story(story: dict[str, Any]) -> Iterator[Way]:
    """Each turn of a story, cut as the rules are: a form's end is a way of its own."""
    form: str | None = None
    for turn in turns(story["steps"]):
        yield Way(form, turn[0]["intent"], what_follows(turn[1:]))
        if form and turn[1] == {"action": form}:
            yield Way(form, None, what_follows(turn[1:]))
        for step in turn:
            form = step.get("active_loop", form)


def turns(steps: list[Step]) -> list[list[Step]]:
    starts = [number for number, step in enumerate(steps) if "intent" in step]
    return [steps[start:end] for start, end in zip(starts, [*starts[1:], len(steps)], strict=True)]


RULES = read("data/rules", "rules")
STORIES = read("tests/stories", "stories")
TOLD = {way for story in STORIES for way in ways_of_story(story)}


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(way, id=f"{rule['rule']} [{way.intent or 'the form ends'}]")
        for rule in RULES
        for way in ways_of_rule(rule)
    ],
)
def test_a_story_takes_every_way_of_every_rule(way: Way) -> None:
    assert way in TOLD


@pytest.mark.parametrize("file", sorted((PROJECT / "tests" / "stories").iterdir()), ids=lambda file: file.name)
def test_rasa_finds_every_story_file(file: Path) -> None:
    """Rasa plays only the files named so, and passes over the others without a word."""
    assert file.name.startswith("test_")
    assert file.suffix == ".yml"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"])
def test_every_message_has_its_words(story: dict[str, Any]) -> None:
    """Without words Rasa believes the intent, and what the model makes of a visitor is not seen."""
    assert all(step.get("user", "").strip() for step in story["steps"] if "intent" in step)
