"""Reads a message into numbers: misspellings put right, the whole and each clause encoded."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from candidacy.language.encoder.encoder import SentenceEncoder, write_encoder
from candidacy.language.misspellings import MisspellingFolder
from candidacy.language.text import split_clauses

MOST_CLAUSES = 24
"""Clauses read of one message, from its end."""

_SPELLING_FILE = "misspellings.json"


@dataclass(frozen=True)
class EncodedText:
    """A text, as written and with its misspellings put right, and its vector of shape (1152,)."""

    text: str
    folded: str
    vector: Any


@dataclass(frozen=True)
class EncodedMessage:
    """A message as the classifiers read it: the whole, and its clauses if it has several."""

    whole: EncodedText
    clauses: tuple[EncodedText, ...] = ()

    @property
    def units(self) -> tuple[EncodedText, ...]:
        """Everything that is read: the whole first."""
        return (self.whole, *self.clauses)

    def fingerprint(self) -> str:
        """The same for the same text and encoder; Rasa asks it of whatever a training example carries."""
        return f"{self.whole.text}:{self.whole.vector.sum():.6f}"


class MessageEncoder:
    """Encodes messages.

    Args:
        encoder: Gives the vectors.
        misspellings: Puts misspelt words right before.
    """

    def __init__(self, *, encoder: SentenceEncoder, misspellings: MisspellingFolder) -> None:
        self._encoder = encoder
        self._misspellings = misspellings

    @classmethod
    def learn(cls, texts: Iterable[str], *, shorthand: dict[str, str], folder: Path) -> "MessageEncoder":
        """An encoder that knows the words of example texts, written into a folder; takes some seconds.

        Raises:
            WeightsError: the weights are missing or are not the expected ones.
        """
        write_encoder(folder)
        encoder = SentenceEncoder(folder)
        misspellings = MisspellingFolder.learn(texts, english=encoder.words, shorthand=shorthand)
        (folder / _SPELLING_FILE).write_text(json.dumps(misspellings.as_dict()), encoding="utf-8")
        return cls(encoder=encoder, misspellings=misspellings)

    @classmethod
    def load(cls, folder: Path) -> "MessageEncoder":
        """The encoder that :meth:`learn` wrote.

        Raises:
            WeightsError: a file of the encoder is missing or was changed.
        """
        encoder = SentenceEncoder(folder)
        learnt = json.loads((folder / _SPELLING_FILE).read_text(encoding="utf-8"))
        return cls(encoder=encoder, misspellings=MisspellingFolder.from_dict(learnt, english=encoder.words))

    def encode_texts(self, texts: Sequence[str]) -> list[EncodedText]:
        """Texts on their own, without their clauses."""
        folded = [self._misspellings.fold(text) for text in texts]
        vectors = self._encoder.encode(folded)
        return [EncodedText(*encoded) for encoded in zip(texts, folded, vectors, strict=True)]

    def encode_message(self, text: str) -> EncodedMessage:
        """A message with its clauses."""
        whole, *clauses = self.encode_texts([text, *clauses_to_read(text)])
        return EncodedMessage(whole=whole, clauses=tuple(clauses))


def clauses_to_read(text: str) -> tuple[str, ...]:
    """The clauses that are read beside the whole message; none when it is but one."""
    clauses = split_clauses(text)[-MOST_CLAUSES:]
    return tuple(clauses) if len(clauses) > 1 else ()
