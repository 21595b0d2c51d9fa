"""Does anybody notice when processes are killed? ``python -m bench.kills`` has 200 conversations and kills one of each.

Two machines, each `candidacy run` with its own front desk and two assistants, on one PostgreSQL. People answer the
screening questions, each request of theirs at either machine. Meanwhile a Rasa server, an action server and a front
desk are killed, one after the other, and their launchers start them again. In the end each conversation must be
complete, in order, and stored once.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import text

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from tests.support.crowd import SCRIPT, Visit, crowd, faults_of
from tests.support.machine import ACTIONS, FRONT_DESK, RASA, Machine
from tests.support.postgresql import create_postgresql_database
from tests.support.stack import UNLIMITED, trained_model

PROJECT = Path(__file__).parent.parent
LOOK_AFTER_SECONDS = 5.0
"""How long after each kill the connections are counted."""


@dataclass(frozen=True)
class Plan:
    """What is done."""

    conversations: int
    pause_seconds: float
    """Mean pause of each visitor before a message."""
    machines: int
    assistants: int
    """Of each machine."""
    kills: tuple[float, float, float]
    """When a Rasa server, an action server and a front desk are killed, in seconds."""


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    visits: Sequence[Visit]
    faults: Sequence[str]
    seconds: float
    reasons: Mapping[str, int]
    """Why front desks answered by themselves, and how often, by their logs."""
    connections: int
    """Most connections to the database that were open when it was looked."""


def report(plan: Plan, outcome: Outcome) -> str:
    """The outcome in words and figures."""
    visits = outcome.visits
    lines = [
        f"{plan.machines} machines with {plan.assistants} assistants each; a Rasa server, an action server and a front "
        f"desk killed after {', '.join(f'{second:g}' for second in plan.kills)} s",
        f"conversations      {sum(visit.broken_off is None for visit in visits)} of {len(visits)} came to their end, "
        f"in {outcome.seconds:.0f} s",
        f"messages           {sum(len(visit.sent) for visit in visits)} of visitors ({len(SCRIPT)} in the script)",
        f"apologies          {sum(visit.apologies for visit in visits)}, after which the message was said again",
        *(f"                   {count} x {reason}" for reason, count in outcome.reasons.items()),
        f"gone elsewhere     {sum(visit.moves for visit in visits)} times, with a request or a stream",
        f"connections        {outcome.connections} to PostgreSQL at most",
        f"faults             {len(outcome.faults)}",
        *outcome.faults,
    ]
    return "\n".join(lines)


def run(plan: Plan, machines: Sequence[Machine], *, database: Database, cipher: Cipher) -> Outcome:
    """Have the conversations and kill in between; the first machine loses an assistant, the last one its front desk."""
    first, last = machines[0], machines[-1]
    acts = ((first, RASA), (first, ACTIONS), (last, FRONT_DESK))
    at: dict[float, Any] = {
        second: lambda machine=machine, module=module: print(f"killed {module}: {machine.kill_one(module)}", flush=True)
        for second, (machine, module) in zip(plan.kills, acts, strict=True)
    }
    connections: list[int] = []
    for second in plan.kills:
        at[second + LOOK_AFTER_SECONDS] = lambda: connections.append(count_connections(database))
    began = time.monotonic()
    urls = [machine.url for machine in machines]
    visits = asyncio.run(crowd(urls, visitors=plan.conversations, pause_seconds=plan.pause_seconds, at=at))
    seconds = time.monotonic() - began
    faults = [fault for visit in visits for fault in faults_of(visit, database=database, cipher=cipher)]
    return Outcome(visits, faults, seconds, _reasons(machines), max(connections))


def _reasons(machines: Sequence[Machine]) -> Mapping[str, int]:
    lines = [line for machine in machines for line in machine.log("frontdesk") if "turn.answered_alone" in line]
    return Counter(json.loads(line)["reason"] for line in lines)


def count_connections(database: Database) -> int:
    """How many connections to the database are open."""
    with database.read_session() as session:
        statement = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(session.execute(statement).scalar_one())


@contextmanager
def running_machines(plan: Plan, folder: Path) -> Iterator[tuple[list[Machine], Database, Cipher]]:
    """The machines, ready, with the database and the keys that they share."""
    trained_model(PROJECT)
    key = Fernet.generate_key().decode()
    with postgresql(folder / "postgresql") as server:
        url = create_postgresql_database(server, name="clinic")
        shared = {
            "DATABASE_URL": url,
            "CANDIDACY_ENCRYPTION_KEYS": key,
            "CANDIDACY_AUDIT_KEY": Fernet.generate_key().decode(),
            **UNLIMITED,
        }
        machines = [
            Machine(folder=folder / f"machine-{number}", project=PROJECT, variables=shared, assistants=plan.assistants)
            for number in range(1, plan.machines + 1)
        ]
        database = Database(url)
        try:
            for machine in machines:
                machine.start()
                machine.wait_until_ready()
            yield machines, database, Cipher([key])
        finally:
            for machine in machines:
                machine.stop()
            database.dispose()


@contextmanager
def postgresql(folder: Path) -> Iterator[Any]:
    """A real PostgreSQL server, as it is delivered but for its most connections."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pgserver

        server = pgserver.get_server(folder)
    try:
        yield server
    finally:
        server.cleanup()


def read_plan() -> Plan:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--pause", type=float, default=5.0, metavar="SECONDS", help="mean, before a message")
    parser.add_argument("--machines", type=int, default=2)
    parser.add_argument("--assistants", type=int, default=2, help="of each machine")
    parser.add_argument("--kills", type=float, nargs=3, default=(15, 30, 45), metavar="SECONDS")
    given = parser.parse_args()
    return Plan(given.conversations, given.pause, given.machines, given.assistants, tuple(given.kills))


def main() -> None:
    """Start the machines, have the conversations, print the outcome; ends with 1 where anything is wrong."""
    plan = read_plan()
    with tempfile.TemporaryDirectory(prefix="candidacy-kills-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running_machines(plan, folder) as (machines, database, cipher):
            outcome = run(plan, machines, database=database, cipher=cipher)
    print(report(plan, outcome))
    if outcome.faults:
        sys.exit(1)


if __name__ == "__main__":
    main()
