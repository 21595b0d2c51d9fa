"""What a short question means after the answer before it: "and how long is that?", "what about the second one?"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLLOW_UPS_FILE = Path(__file__).parent / "follow_ups.yml"

_MOST_WORDS = 8


class FollowUpsError(ValueError):
    """The file of the follow-ups is malformed; the message says what is wrong."""


@dataclass(frozen=True)
class FollowUps:
    """Which topic a short question asks about, by its kind and the topic answered last."""

    kinds: Mapping[str, re.Pattern[str]]
    small_words: frozenset[str]
    topics: Mapping[str, Mapping[str, str]]

    def topic(self, text: str, *, answered: Sequence[str]) -> str | None:
        """The topic that a message asks about by leaning on the last answer; None when it stands on its own.

        Args:
            text: The message.
            answered: Topics answered before, oldest first.
        """
        plain = " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("\u2019", "")))
        if not answered or len(plain.split()) > _MOST_WORDS:
            return None
        meant = self.topics.get(answered[-1], {})
        return next((meant[kind] for kind in self.kinds if kind in meant and self._is_only(kind, plain)), None)

    def _is_only(self, kind: str, plain: str) -> bool:
        """Whether a question holds the words of a kind and besides them nothing that it could be about."""
        if self.kinds[kind].search(plain) is None:
            return False
        return set(self.kinds[kind].sub(" ", plain).split()) <= self.small_words


def load_follow_ups(path: Path = FOLLOW_UPS_FILE) -> FollowUps:
    """Read the follow-ups.

    Raises:
        FollowUpsError: the file names a kind that it does not describe, or has another shape.
    """
    content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        kinds = {name: re.compile(rf"\b(?:{'|'.join(words)})\b") for name, words in content["kinds"].items()}
        small_words = frozenset(content["small_words"])
        topics = {topic: dict(meant) for topic, meant in content["topics"].items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FollowUpsError(f"{path}: must have kinds, small_words and topics as its head says") from error
    unknown = {kind for meant in topics.values() for kind in meant} - set(kinds)
    if unknown:
        raise FollowUpsError(f"{path}: 'topics' names {sorted(unknown)}, which 'kinds' does not describe")
    return FollowUps(kinds=kinds, small_words=small_words, topics=topics)
