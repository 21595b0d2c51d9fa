"""Two assistant processes against one, on PostgreSQL: how many more turns a second.

Talked with by themselves, they have two cores for themselves, but for who talks. Of the whole product, the front desk,
the database and the visitors work on the same two cores; so what they take of the processor is measured too, and the
note says what the cores allow at most.
"""

import asyncio
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.side_by_side.assistants import Assistants
from bench.side_by_side.load import Load, talk_alone, talk_at_once
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.ours import Product, running_product
from bench.side_by_side.plan import Plan
from bench.side_by_side.processes import family_of, processor_seconds, runs_module
from bench.side_by_side.visitors import Assistant
from tests.support.postgresql import create_postgresql_database

KEYS = frozenset({"two_processes", "two_processes_whole"})

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
    keys: Collection[str]
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
                        side = "reference" if product is one else "subject"
                        if "two_processes" in self.keys:
                            rate = self._at_once(Assistants(product)).turns_per_second
                            self.notebook.add("two_processes", **{side: rate})
                        if "two_processes_whole" in self.keys:
                            rate, cost = self._talk(product, database_pid=server.get_pid())
                            self.notebook.add("two_processes_whole", **{side: rate})
                            note = cost_note(cost, cores=os.cpu_count() or 1)
                            self.notebook.remark("two_processes_whole", note)

    def _at_once(self, assistant: Assistant) -> Load:
        return asyncio.run(talk_at_once(assistant, visitors=self.plan.visitors, seconds=self.plan.seconds))

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
        load = self._at_once(product)
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
