"""The rounds: both assistants are started anew and talked with in turns; what disturbs one disturbs the other."""

import asyncio
import time
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.side_by_side.figures import percentile_95, spread
from bench.side_by_side.limit import measure_limit
from bench.side_by_side.load import talk_alone, talk_at_a_pace, talk_at_once, talk_long
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.ours import Product, running_product
from bench.side_by_side.plan import EARLY_TURN, Plan
from bench.side_by_side.processes import proportional_bytes
from bench.side_by_side.script import SCRIPT
from bench.side_by_side.stock import StockAssistant, running_stock
from bench.side_by_side.stock_model import StockModel
from bench.side_by_side.visitors import Assistant, http_session

BOTH = frozenset({"start", "alone", "throughput", "at_once", "memory"})
"""What needs stock Rasa beside the product."""
KEYS = BOTH | {"long", "first_text", "limit"}

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Rounds:
    """What the rounds work with."""

    plan: Plan
    keys: Collection[str]
    """The rows that are measured."""
    folder: Path
    model: Path
    stock: StockModel | None
    """Where it is needed."""
    notebook: Notebook
    say: Callable[[str], None]
    """Told what is being done."""

    def run(self) -> None:
        """All rounds."""
        for number in range(self.plan.rounds):
            _Round(self, number).run()


class _Round:
    def __init__(self, rounds: Rounds, number: int) -> None:
        self._plan, self._keys, self._notebook = rounds.plan, rounds.keys, rounds.notebook
        self._rounds = rounds
        self._number = number
        self._folder = rounds.folder / f"round-{number + 1}"

    def run(self) -> None:
        with ExitStack() as running:
            ours, stock = self._start(running)
            self._both("warm", ours, stock, lambda assistant: talk_alone(assistant, scripts=1))
            self._alone(ours, stock)
            self._at_once(ours, stock)
            self._long(ours, stock)
            self._first_text(ours)
            self._memory(ours, stock)

    def _start(self, running: ExitStack) -> tuple[Product, StockAssistant | None]:
        """Start both, in another order each round."""
        ours, stock = None, None
        for which in self._order("ours", "stock"):
            if which == "ours":
                self._say("starting ours")
                ours = running.enter_context(self._timed_product())
            elif self._rounds.stock is not None:
                self._say("starting stock Rasa")
                stock = running.enter_context(self._timed_stock(self._rounds.stock))
        assert ours is not None
        return ours, stock

    @contextmanager
    def _timed_product(self) -> Iterator[Product]:
        began = time.perf_counter()
        with running_product(self._folder / "ours") as ours:
            asyncio.run(_first_answer(ours))
            self._notebook.add("start", subject=time.perf_counter() - began)
            yield ours

    @contextmanager
    def _timed_stock(self, model: StockModel) -> Iterator[StockAssistant]:
        began = time.perf_counter()
        with running_stock(self._folder / "stock", model=model) as stock:
            asyncio.run(_first_answer(stock))
            self._notebook.add("start", reference=time.perf_counter() - began)
            yield stock

    def _alone(self, ours: Product, stock: StockAssistant | None) -> None:
        """The turn of one visitor; beside it, when it is asked for, the limit."""
        if not self._keys & {"alone", "limit"}:
            return
        times = self._both("alone", ours, stock, lambda one: talk_alone(one, scripts=self._plan.scripts_alone))
        medians = {title: 1000 * spread(seconds).median for title, seconds in times.items()}
        self._notebook.add("alone", subject=medians[ours.title], reference=medians.get(StockAssistant.title))
        for title, seconds in times.items():
            self._notebook.keep(f"{title}, alone", seconds)
        if "limit" in self._keys:
            self._say("the limit")
            limit = measure_limit(self._folder, model=self._rounds.model)
            self._notebook.add("limit", subject=medians[ours.title], reference=1000 * limit.seconds)
            self._notebook.remark(
                "limit",
                f"in the last run, {1000 * limit.reading:.1f} ms reading and {1000 * limit.commit:.2f} ms commit",
            )

    def _at_once(self, ours: Product, stock: StockAssistant | None) -> None:
        plan = self._plan
        if "throughput" in self._keys:
            loads = self._both(
                f"{plan.visitors} at once", ours, stock,
                lambda one: talk_at_once(one, visitors=plan.visitors, seconds=plan.seconds),
            )  # fmt: skip
            rates = {title: load.turns_per_second for title, load in loads.items()}
            self._notebook.add("throughput", subject=rates[ours.title], reference=rates.get(StockAssistant.title))
        if "at_once" in self._keys:
            loads = self._both(
                f"{plan.crowd} at once", ours, stock,
                lambda one: talk_at_once(one, visitors=plan.crowd, seconds=plan.seconds),
            )  # fmt: skip
            slow = {title: 1000 * percentile_95(load.reply_seconds) for title, load in loads.items()}
            self._notebook.add("at_once", subject=slow[ours.title], reference=slow.get(StockAssistant.title))
            for title, load in loads.items():
                self._notebook.keep(f"{title}, {plan.crowd} at once", load.reply_seconds)

    def _long(self, ours: Product, stock: StockAssistant | None) -> None:
        """One long conversation with ours; with stock Rasa in the first round alone, for it takes minutes."""
        if "long" not in self._keys:
            return
        turns = self._plan.long_turn + len(SCRIPT) // 2
        for assistant in (ours, stock if self._number == 0 else None):
            if assistant is None:
                continue
            self._say(f"{turns} turns with {assistant.title}")
            times = asyncio.run(talk_long(assistant, turns=turns))
            late, early = around(times, self._plan.long_turn), around(times, EARLY_TURN)
            if assistant is ours:
                self._notebook.add("long", subject=1000 * late, reference=1000 * early)
            else:
                self._notebook.remark("long", f"stock Rasa: {1000 * late:.0f} ms against {1000 * early:.0f} ms, once")
            if self._number == 0:
                self._notebook.keep(f"{assistant.title}, one conversation", times)

    def _first_text(self, ours: Product) -> None:
        if "first_text" not in self._keys:
            return
        plan = self._plan
        self._say(f"{plan.waiting_room} visitors, a message every {plan.pace_seconds:g} s each")
        talk = talk_at_a_pace(ours, visitors=plan.waiting_room, period=plan.pace_seconds, seconds=plan.paced_seconds)
        times = asyncio.run(talk)
        self._notebook.add("first_text", subject=1000 * percentile_95(times))
        self._notebook.keep(f"{ours.title}, {plan.waiting_room} visitors at a pace", times)

    def _memory(self, ours: Product, stock: StockAssistant | None) -> None:
        """After all the talk, so that what it needed is counted."""
        if "memory" not in self._keys or stock is None:
            return
        self._notebook.add(
            "memory",
            subject=proportional_bytes(ours.pid) / MEGABYTE,
            reference=proportional_bytes(stock.pid) / MEGABYTE,
        )

    def _both(
        self,
        what: str,
        ours: Product,
        stock: StockAssistant | None,
        talk: Callable[[Assistant], Coroutine[Any, Any, Any]],
    ) -> dict[str, Any]:
        """The same talk with each, in another order each round; by title."""
        found = {}
        for assistant in self._order(ours, stock):
            if assistant is not None:
                self._say(f"{what}: {assistant.title}")
                found[assistant.title] = asyncio.run(talk(assistant))
        return found

    def _order(self, *both: Any) -> tuple[Any, ...]:
        return both if self._number % 2 == 0 else both[::-1]

    def _say(self, what: str) -> None:
        self._rounds.say(f"round {self._number + 1} of {self._plan.rounds}: {what}")


def around(times: list[float], turn: int) -> float:
    """The median of a whole script's turns, the turn (from 1) in their middle: each message is among them once."""
    half = len(SCRIPT) // 2
    begin = max(0, turn - 1 - half)
    return spread(times[begin : begin + len(SCRIPT)]).median


async def _first_answer(assistant: Assistant) -> None:
    async with http_session() as http, assistant.visitor(http) as visitor:
        await visitor.say(SCRIPT[0])
