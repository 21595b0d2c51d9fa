"""Two assistant processes against one, on PostgreSQL: how many more turns a second.

On a machine of two cores the front desk, the database and the visitors work on the same cores. So what they take of
the processor is measured too, and the note says what two cores allow at most.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.side_by_side.load import talk_alone, talk_at_once
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.ours import Product, running_product
from bench.side_by_side.plan import Plan
from bench.side_by_side.processes import family_of, processor_seconds, runs_module
from tests.support.postgresql import create_postgresql_database

KEYS = frozenset({"two_processes"})

ASSISTANT_MODULES = ("candidacy.assistant.rasa_server", "actions")
"""An assistant process is a Rasa server with its action server."""


@dataclass(frozen=True)
class TurnCost:
    """What one turn takes of the processor, in seconds."""

    assistant: float
    others: float
    """The front desk, the console, the launcher, the database and the visitors."""

    def most_gain(self, cores: int) -> float:
        """How many times as many turns so many cores allow at most, against one core full of one assistant."""
        return cores * self.assistant / (self.assistant + self.others)


@dataclass(frozen=True)
class TwoProcesses:
    """What the comparison works with."""

    plan: Plan
    folder: Path
    notebook: Notebook
    say: Callable[[str], None]
    """Told what is being done."""

    def run(self) -> None:
        """Run both products at the same time, and talk with them in turns."""
        with _postgresql(self.folder / "postgresql") as server:
            self.say("starting ours on PostgreSQL, with one assistant process and with two")
            with self._product(server, 1) as one, self._product(server, 2) as two:
                for product in (one, two):
                    asyncio.run(talk_alone(product, scripts=2))
                for number in range(self.plan.rounds):
                    for product in (one, two) if number % 2 == 0 else (two, one):
                        self.say(f"turns a second on PostgreSQL, {number + 1} of {self.plan.rounds}")
                        rate, cost = self._talk(product, database_pid=server.get_pid())
                        self.notebook.add("two_processes", **{"reference" if product is one else "subject": rate})
        self.notebook.remark("two_processes", cost_note(cost, cores=os.cpu_count() or 1))

    @contextmanager
    def _product(self, server: Any, processes: int) -> Iterator[Product]:
        url = create_postgresql_database(server, name=f"with_{processes}")
        folder = self.folder / f"on-postgresql-{processes}"
        with running_product(folder, database_url=url, processes=processes) as product:
            yield product

    def _talk(self, product: Product, *, database_pid: int) -> tuple[float, TurnCost]:
        """The turns a second, and what a turn took of the processor."""
        ours = family_of(product.pid)
        assistant = {pid for pid in ours if runs_module(pid, *ASSISTANT_MODULES)}
        others = (ours - assistant) | family_of(database_pid) | {os.getpid()}
        before = processor_seconds(assistant), processor_seconds(others)
        load = asyncio.run(talk_at_once(product, visitors=self.plan.visitors, seconds=self.plan.seconds))
        after = processor_seconds(assistant), processor_seconds(others)
        turns = len(load.reply_seconds)
        return load.turns_per_second, TurnCost((after[0] - before[0]) / turns, (after[1] - before[1]) / turns)


def cost_note(cost: TurnCost, *, cores: int) -> str:
    """What a turn takes of the processor, in words, and what that means for the ratio."""
    return (
        f"in the last run a turn took {1000 * cost.assistant:.1f} ms of the processor in the assistant and "
        f"{1000 * cost.others:.1f} ms in everything else, the visitors included; so the {cores} cores of this machine "
        f"allow at most {cost.most_gain(cores):.2f} times the turns of an assistant that has one core to itself"
    )


@contextmanager
def _postgresql(folder: Path) -> Iterator[Any]:
    """A server of its own."""
    import pgserver

    server = pgserver.get_server(folder)
    try:
        yield server
    finally:
        server.cleanup()
