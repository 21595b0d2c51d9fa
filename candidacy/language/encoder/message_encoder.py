"""Reads a message into what the classifiers see of it: misspellings put right, the whole and each clause encoded."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import vstack

from candidacy.language.encoder.encoder import SentenceEncoder, write_encoder
from candidacy.language.misspellings import MisspellingFolder
from candidacy.language.text import split_clauses
from candidacy.language.text_features import TextFeatures

MOST_CLAUSES = 24
"""Clauses read of one message, from its end."""

_SPELLING_FILE = "misspellings.json"
_COMPONENTS_SHARE = 8
"""One text in so many shows which components vary: 3,300 texts give the same as all 26,000."""


@dataclass(frozen=True)
class EncodedTexts:
    """Texts as the classifiers see them.

    Attributes:
        texts: The texts as they were written.
        vectors: Their reduced vectors, float32 of shape (texts, components).
        features: N-grams and vectors side by side: sparse, float32, of shape (texts, features).
    """

    texts: tuple[str, ...]
    vectors: Any
    features: Any

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, row: int) -> "EncodedTexts":
        """One of the texts."""
        return EncodedTexts((self.texts[row],), self.vectors[row : row + 1], self.features[row])

    @classmethod
    def together(cls, parts: Sequence["EncodedTexts"]) -> "EncodedTexts":
        """All texts of several, in their order."""
        return cls(
            texts=tuple(text for part in parts for text in part.texts),
            vectors=np.concatenate([part.vectors for part in parts]),
            features=vstack([part.features for part in parts], format="csr"),
        )

    def fingerprint(self) -> str:
        """The same for the same texts and encoder; Rasa asks it of whatever a training example carries."""
        return f"{self.texts}:{self.vectors.sum():.6f}"


class MessageEncoder:
    """Encodes messages.

    Args:
        encoder: Gives the vectors.
        misspellings: Puts misspelt words right before.
        features: Reduces the vectors and counts the n-grams.
    """

    def __init__(self, *, encoder: SentenceEncoder, misspellings: MisspellingFolder, features: TextFeatures) -> None:
        self._encoder = encoder
        self._misspellings = misspellings
        self._features = features

    @classmethod
    def learn(cls, texts: Iterable[str], *, shorthand: dict[str, str], folder: Path) -> "MessageEncoder":
        """An encoder that knows the words and the n-grams of example texts, written into a folder.

        It takes some 15 seconds for 26,000 texts.

        Raises:
            WeightsError: the weights are missing or are not the expected ones.
            ValueError: there are no texts to learn from.
        """
        texts = list(texts)
        write_encoder(folder)
        encoder = SentenceEncoder(folder)
        misspellings = MisspellingFolder.learn(texts, english=encoder.words, shorthand=shorthand)
        (folder / _SPELLING_FILE).write_text(json.dumps(misspellings.as_dict()), encoding="utf-8")
        folded = [misspellings.fold(text) for text in texts]
        features = TextFeatures.learn(folded, encoder.encode(_share(folded)))
        features.save(folder)
        return cls(encoder=encoder, misspellings=misspellings, features=features)

    @classmethod
    def load(cls, folder: Path) -> "MessageEncoder":
        """The encoder that :meth:`learn` wrote.

        Raises:
            WeightsError: a file of the encoder is missing or was changed.
            FileNotFoundError: what was learnt is missing.
        """
        encoder = SentenceEncoder(folder)
        learnt = json.loads((folder / _SPELLING_FILE).read_text(encoding="utf-8"))
        misspellings = MisspellingFolder.from_dict(learnt, english=encoder.words)
        return cls(encoder=encoder, misspellings=misspellings, features=TextFeatures.load(folder))

    def encode_texts(self, texts: Sequence[str]) -> EncodedTexts:
        """Texts on their own, without their clauses."""
        folded = [self._misspellings.fold(text) for text in texts]
        reduced = self._features.reduced(self._encoder.encode(folded))
        return EncodedTexts(tuple(texts), reduced, self._features.joined(folded, reduced))

    def encode_message(self, text: str) -> EncodedTexts:
        """A message: the whole first, then its clauses if it has several."""
        return self.encode_texts([text, *clauses_to_read(text)])


def clauses_to_read(text: str) -> tuple[str, ...]:
    """The clauses that are read beside the whole message; none when it is but one."""
    clauses = split_clauses(text)[-MOST_CLAUSES:]
    return tuple(clauses) if len(clauses) > 1 else ()


def _share(texts: list[str]) -> list[str]:
    """The texts that are encoded to learn the components."""
    share = texts[::_COMPONENTS_SHARE]
    return share if len(share) > TextFeatures.COMPONENTS else texts
