"""What does a message cost? ``python -m bench.cost`` has many conversations and counts each process's processor time.

One machine with PostgreSQL, as many assistants as asked for. People answer the screening questions without a pause.
From the processor time that each kind of process took follows how many cores so many messages a second need, whatever
else the measurement's own machine was doing.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.kills import Plan, count_connections, running_machines
from candidacy.records.database import Database
from tests.support.crowd import SCRIPT, crowd
from tests.support.machine import ACTIONS, FRONT_DESK, RASA, Machine, children

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
WARMING = 8
"""Conversations before the measurement: a new process is slower."""


@dataclass(frozen=True)
class Cost:
    """What was measured."""

    messages: int
    seconds: float
    processor_seconds: Mapping[str, float]
    """By kind of process."""
    connections: int
    kept_bytes: int
    """By which the database grew, with its indexes, once what had died was cleared away."""
    logged_bytes: int
    """Of write-ahead log."""


def report(cost: Cost) -> str:
    """The cost of one message of a visitor's, in words and figures."""
    rate = cost.messages / cost.seconds
    lines = [f"{cost.messages} messages in {cost.seconds:.1f} s: {rate:.1f} a second; of one message:"]
    lines += [
        f"  {name:14} {1000 * seconds / cost.messages:6.1f} ms of a core"
        for name, seconds in cost.processor_seconds.items()
    ]
    for name, count in (("kept on disk", cost.kept_bytes), ("written ahead", cost.logged_bytes)):
        lines.append(f"  {name:14} {count / 1024 / cost.messages:6.1f} KB")
    lines.append(f"{cost.connections} connections to PostgreSQL in the end")
    return "\n".join(lines)


def measure(machine: Machine, *, database: Database, conversations: int) -> Cost:
    """Have the conversations, all at once."""
    asyncio.run(crowd([machine.url], visitors=WARMING, pause_seconds=0, at={}))
    size = _kept_bytes(machine.variables["DATABASE_URL"])
    before, logged, began = _processor_seconds(machine, database), _logged_bytes(database), time.monotonic()
    visits = asyncio.run(crowd([machine.url], visitors=conversations, pause_seconds=0, at={}))
    seconds = time.monotonic() - began
    after = _processor_seconds(machine, database)
    return Cost(
        messages=sum(len(visit.sent) for visit in visits),
        seconds=seconds,
        processor_seconds={name: after[name] - before[name] for name in after},
        connections=count_connections(database),
        logged_bytes=_logged_bytes(database) - logged,
        kept_bytes=_kept_bytes(machine.variables["DATABASE_URL"]) - size,
    )


def _processor_seconds(machine: Machine, database: Database) -> dict[str, float]:
    """The processor time of each kind of process since it started."""
    ours = {
        name: sum(map(_own_seconds, machine.processes(module)))
        for name, module in {"Rasa": RASA, "action server": ACTIONS, "front desk": FRONT_DESK}.items()
    }
    return {**ours, "PostgreSQL": _postgresql_seconds(database)}


def _postgresql_seconds(database: Database) -> float:
    """Of the server and its processes, also those that have ended."""
    with database.read_session() as session:
        folder = Path(session.execute(text("SHOW data_directory")).scalar_one())
    server = int((folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    return _own_seconds(server) + _ended_childrens_seconds(server) + sum(map(_own_seconds, children(server)))


def _own_seconds(process: int) -> float:
    times = _times(process)
    return (times[0] + times[1]) / TICKS_PER_SECOND


def _ended_childrens_seconds(process: int) -> float:
    times = _times(process)
    return (times[2] + times[3]) / TICKS_PER_SECOND


def _times(process: int) -> list[int]:
    """The fields utime, stime, cutime and cstime; see proc(5)."""
    after_name = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return [int(field) for field in after_name[11:15]]


def _kept_bytes(url: str) -> int:
    """The size of the database without what has died."""
    engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM FULL"))
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    engine.dispose()
    return int(size)


def _logged_bytes(database: Database) -> int:
    return _number(database, "SELECT pg_current_wal_insert_lsn() - '0/0'")


def _number(database: Database, statement: str) -> int:
    with database.read_session() as session:
        return int(session.execute(text(statement)).scalar_one())


def main() -> None:
    """Start the machine, have the conversations, print the cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.cost", description=__doc__)
    parser.add_argument("--conversations", type=int, default=100, help=f"of {len(SCRIPT)} messages each")
    parser.add_argument("--assistants", type=int, default=1)
    given = parser.parse_args()
    plan = Plan(given.conversations, 0.0, machines=1, assistants=given.assistants, kills=(0, 0, 0))
    with tempfile.TemporaryDirectory(prefix="candidacy-cost-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running_machines(plan, folder) as (machines, database, _):
            cost = measure(machines[0], database=database, conversations=given.conversations)
    print(report(cost))


if __name__ == "__main__":
    main()
