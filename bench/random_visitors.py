"""Visitors who say things at random, again and again the same with the same seed: what the product's own examples say,
answers to what is asked, corrections, buttons, danger and rubbish."""

import random
import string
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.nlu.training_data.loading import load_data

from candidacy.assistant.reply import Reply
from candidacy.language.red_flag_examples import read_red_flag_examples
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.rule_files import RULES

FEWEST_TURNS, MOST_TURNS = 3, 12

OPENINGS = (
    "Can I answer the screening questions?",
    "Request a consultation",
    "Talk to a person",
    "hello",
    "delete my data",
)
ANSWERS = (
    *("yes", "no", "I don't know", "not sure", "skip", "none of these", "it's for me", "it's for my mother", "I'm 71"),
    *("yes I broke L1", "not that I know of", "no fracture", "yes, scoliosis", "I have spinal stenosis", "no surgery"),
    *("a laminectomy in 2019", "that's right", "Ann Lee", "212-430-0312", "(646) 555-0123", "call", "text", "morning"),
)
CORRECTIONS = (
    *("wait, I did break L1", "actually no", "change an answer", "change the surgery one", "that's wrong", "go back"),
    *("I meant yes", "it was for my father", "start over", "stop", "continue", "what did you ask?", "why do you ask?"),
)
RUBBISH = ("???", "👍", ".", "/restart", "lorem ipsum dolor sit amet", "12345", "asdf asdf", "no no no yes", "¿qué?")

WEIGHTS = {"example": 30, "answer": 30, "correction": 15, "danger": 8, "opening": 10, "rubbish": 7}
"""How often each kind of saying comes, of those that are typed."""


@dataclass(frozen=True)
class Sayings:
    """What can be said, by kind."""

    by_kind: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Said:
    """One message: typed, or a button pressed."""

    text: str
    payload: str | None = None


def read_sayings(project: Path) -> Sayings:
    """The product's own examples of topics and of danger, beside what this module has."""
    examples = load_data(str(project / "data" / "nlu")).intent_examples
    dangers = read_red_flag_examples(project / "data" / "red_flags", categories=RedFlagRules(rules=RULES).levels)
    return Sayings(
        {
            "example": tuple(dict.fromkeys(example.get("text") for example in examples)),
            "danger": tuple(danger.text for danger in dangers),
            "answer": ANSWERS,
            "correction": CORRECTIONS,
            "opening": OPENINGS,
            "rubbish": RUBBISH,
        }
    )


class RandomVisitor:
    """Says one thing after another, with the last replies in view.

    Args:
        seed: the same seed says the same to the same replies.
        sayings: what can be typed.
    """

    def __init__(self, seed: int, sayings: Sayings) -> None:
        self._chance = random.Random(seed)
        self._sayings = sayings
        self.turns = self._chance.randint(FEWEST_TURNS, MOST_TURNS)
        self._presses = self._chance.choice((0.2, 0.5, 0.85))
        """How readily this visitor presses a button: the readiest come to the end of the questions."""

    def next(self, replies: Sequence[Reply]) -> Said:
        """What is said next."""
        buttons = [button for reply in replies for button in reply.buttons]
        if buttons and self._chance.random() < self._presses:
            button = self._chance.choice(buttons)
            return Said(button.title, button.payload)
        (kind,) = self._chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))
        return Said(self._misspelt(self._chance.choice(self._sayings.by_kind[kind])))

    def _misspelt(self, text: str) -> str:
        """Now and then with a letter that is wrong."""
        if len(text) < 4 or self._chance.random() > 0.1:
            return text
        place = self._chance.randrange(len(text))
        return text[:place] + self._chance.choice(string.ascii_lowercase) + text[place + 1 :]
