"""Two assistant processes against one, on PostgreSQL: how many more turns a second."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.side_by_side.load import talk_alone, talk_at_once
from bench.side_by_side.notebook import Notebook
from bench.side_by_side.ours import Product, running_product
from bench.side_by_side.plan import Plan
from tests.support.postgresql import create_postgresql_database

KEYS = frozenset({"two_processes"})


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
        with _postgresql(self.folder / "postgresql") as new_database:
            self.say("starting ours on PostgreSQL, with one assistant process and with two")
            with self._product(1, new_database("one")) as one, self._product(2, new_database("two")) as two:
                for product in (one, two):
                    asyncio.run(talk_alone(product, scripts=2))
                for number in range(self.plan.rounds):
                    for product in (one, two) if number % 2 == 0 else (two, one):
                        self.say(f"turns a second on PostgreSQL, {number + 1} of {self.plan.rounds}")
                        rate = self._turns_per_second(product)
                        self.notebook.add("two_processes", **{"reference" if product is one else "subject": rate})

    @contextmanager
    def _product(self, processes: int, database_url: str) -> Iterator[Product]:
        folder = self.folder / f"on-postgresql-{processes}"
        with running_product(folder, database_url=database_url, processes=processes) as product:
            yield product

    def _turns_per_second(self, product: Product) -> float:
        talk = talk_at_once(product, visitors=self.plan.visitors, seconds=self.plan.seconds)
        return asyncio.run(talk).turns_per_second


@contextmanager
def _postgresql(folder: Path) -> Iterator[Callable[[str], str]]:
    """A server of its own; what is given makes a database on it and returns its URL."""
    import pgserver

    server = pgserver.get_server(folder)
    try:
        yield lambda name: create_postgresql_database(server, name=name)
    finally:
        server.cleanup()
