"""What every visitor says, to the product and to the stock assistant alike: questions, then a screening."""

from collections.abc import Iterator
from itertools import cycle, islice

SCRIPT = (
    "What is spinal fusion?",
    "How long would I be in the hospital?",
    "Will I need physical therapy?",
    "When can I go back to work?",
    "Can I answer the screening questions?",
    "yes",
    "it's for me",
    "yes, I'm 71",
    "none of these",
    "no fracture",
    "yes, scoliosis",
    "no",
    "that's right",
)
"""To the product these are four questions, and a screening from its consent to its outcome. The stock assistant's form
has its three questions answered by them, and its rules the rest."""


def messages(*, begin: int = 0) -> Iterator[str]:
    """The script again and again, from a place in it on."""
    return islice(cycle(SCRIPT), begin % len(SCRIPT), None)
