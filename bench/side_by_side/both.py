"""Both assistants, running: the same is done with each, one after the other."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bench.side_by_side.ours import Product
from bench.side_by_side.stock import StockAssistant
from bench.side_by_side.visitors import Assistant

Result = TypeVar("Result")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Pair(Generic[Result]):
    """What came of each; None of the stock assistant where it does not run."""

    ours: Result
    stock: Result | None

    def map(self, make: Callable[[Result], Other]) -> "Pair[Other]":
        """The same made of each."""
        return Pair(make(self.ours), None if self.stock is None else make(self.stock))


@dataclass(frozen=True)
class Both:
    """The product, and the stock assistant where it is needed."""

    ours: Product
    stock: StockAssistant | None
    stock_first: bool
    """Which of them is talked with first, in this round."""
    say: Callable[[str], None]
    """Told what is being done."""

    def talk(self, what: str, talk: Callable[[Assistant], Coroutine[Any, Any, Result]]) -> Pair[Result]:
        """Have the same talk with each."""
        before = self._talk(what, talk) if self.stock_first else None
        ours = self.with_ours(what, talk)
        return Pair(ours, before if self.stock_first else self._talk(what, talk))

    def with_ours(self, what: str, talk: Callable[[Assistant], Coroutine[Any, Any, Result]]) -> Result:
        """Have a talk with the product alone."""
        self.say(f"{what}: {self.ours.title}")
        return asyncio.run(talk(self.ours))

    def _talk(self, what: str, talk: Callable[[Assistant], Coroutine[Any, Any, Result]]) -> Result | None:
        if self.stock is None:
            return None
        self.say(f"{what}: {self.stock.title}")
        return asyncio.run(talk(self.stock))
