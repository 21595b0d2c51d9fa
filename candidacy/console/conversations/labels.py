"""What the console calls the values that are kept of a conversation (`labels.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

LABELS_FILE = Path(__file__).parent / "labels.yml"


@dataclass(frozen=True)
class Labels:
    """The words for values, by what kind of value it is."""

    words: Mapping[str, Mapping[str, str]]

    def __call__(self, kind: str, value: str | None) -> str:
        """The words for a value; a value without words is shown as it is, and none as nothing."""
        return "" if value is None else self.words[kind].get(value, value.replace("_", " "))

    def topic(self, topic: str) -> str:
        """A topic, or a question of the screening, in words: ``Hospital stay``, ``Cost (not covered)``."""
        family, _, name = topic.rpartition("/")
        words, aside = name.replace("_", " "), self.words["topic_family"].get(family)
        words = words[:1].upper() + words[1:]
        return f"{words} ({aside})" if aside else words

    def choices(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Every value of a kind with its words, to choose from."""
        return tuple(self.words[kind].items())


def load_labels(path: Path = LABELS_FILE) -> Labels:
    """The words of the file."""
    return Labels(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
