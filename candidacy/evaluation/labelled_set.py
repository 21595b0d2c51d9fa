"""What the three sets have in common: the columns of a file, how a row is read, and which scores there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from candidacy.assistant.texts import Texts
from candidacy.evaluation.scored import Exchange, Scored


class Case(Protocol):
    """One labelled message."""

    @property
    def text(self) -> str:
        """The message."""

    @property
    def asked(self) -> str | None:
        """The screening's question that it answers; None when it is the first message."""

    def scored(self, exchange: Exchange, texts: Texts) -> Scored:
        """What the assistant's answer is worth."""


@dataclass(frozen=True)
class LabelledSet:
    """One kind of labelled messages."""

    name: str
    columns: tuple[str, ...]
    """The header line's names, in their order."""
    read: Callable[[Mapping[str, str]], Case]
    """Reads a row's fields by their columns; raises ValueError with the reason when one is wrong."""
    scores: tuple[str, ...]
    """Every score a mark can have, in the order of the tables; the first is the right one."""
    note: str
    """What the tables' figures mean."""
