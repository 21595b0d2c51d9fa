"""The rounds: both assistants are started anew and talked with in turns; what disturbs one disturbs the other."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.side_by_side.both import Both
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.ours import Product, running_product
from bench.side_by_side.plan import Plan
from bench.side_by_side.script import SCRIPT
from bench.side_by_side.stock import StockAssistant, running_stock
from bench.side_by_side.stock_model import StockModel
from bench.side_by_side.talks import Talks, measure_round
from bench.side_by_side.visitors import Assistant, http_session

NEED_STOCK = frozenset({"start", "alone", "throughput", "at_once", "long", "memory"})
KEYS = NEED_STOCK | {"first_text", "limit"}


@dataclass(frozen=True)
class Rounds:
    """What the rounds work with."""

    plan: Plan
    keys: Collection[str]
    """The rows that are measured."""
    folder: Path
    model: Path
    stock: StockModel | None
    """None where no row needs it."""
    notebook: Notebook
    say: Callable[[str], None]
    """Told what is being done."""

    def run(self) -> None:
        """All rounds, in each the other one first."""
        for number in range(self.plan.rounds):
            folder = self.folder / f"round-{number + 1}"
            say = partial(self._say, number)
            with ExitStack() as running:
                both = self._start(running, folder, stock_first=number % 2 == 1, say=say)
                talks = Talks(self.plan, self.notebook, first_round=number == 0)
                measure_round(talks, both, self.keys, folder=folder, model=self.model)

    def _start(self, running: ExitStack, folder: Path, *, stock_first: bool, say: Callable[[str], None]) -> Both:
        stock = self._start_stock(running, folder, say) if stock_first else None
        say("starting ours")
        ours = running.enter_context(self._timed_product(folder / "ours"))
        return Both(ours, stock or self._start_stock(running, folder, say), stock_first, say)

    def _start_stock(self, running: ExitStack, folder: Path, say: Callable[[str], None]) -> StockAssistant | None:
        if self.stock is None:
            return None
        say("starting stock Rasa")
        return running.enter_context(self._timed_stock(folder / "stock", self.stock))

    @contextmanager
    def _timed_product(self, folder: Path) -> Iterator[Product]:
        began = time.perf_counter()
        with running_product(folder) as ours:
            asyncio.run(_first_answer(ours))
            self.notebook.add("start", subject=time.perf_counter() - began)
            yield ours

    @contextmanager
    def _timed_stock(self, folder: Path, model: StockModel) -> Iterator[StockAssistant]:
        began = time.perf_counter()
        with running_stock(folder, model=model) as stock:
            asyncio.run(_first_answer(stock))
            self.notebook.add("start", reference=time.perf_counter() - began)
            yield stock

    def _say(self, number: int, what: str) -> None:
        self.say(f"round {number + 1} of {self.plan.rounds}: {what}")


async def _first_answer(assistant: Assistant) -> None:
    async with http_session() as http, assistant.visitor(http) as visitor:
        await visitor.say(SCRIPT[0])
