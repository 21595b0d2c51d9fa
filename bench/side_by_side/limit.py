"""What no turn can be faster than: one pass of our model over a message, and one durable commit.

Run as a script for a model and a folder; prints both as JSON. The passes are made in this process, without a server.
"""

import argparse
import asyncio
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.samples import PROJECT
from bench.side_by_side.script import SCRIPT
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT

PASSES = 8
"""How often each message of the script is read."""
COMMITS = 200


@dataclass(frozen=True)
class Limit:
    """Medians, in seconds."""

    reading: float
    commit: float

    @property
    def seconds(self) -> float:
        """Both after each other."""
        return self.reading + self.commit


def measure_limit(folder: Path, *, model: Path, runs: int) -> list[Limit]:
    """Measure several times in a process of its own, with the product's environment."""
    command = (sys.executable, "-m", "bench.side_by_side.limit", str(model), str(folder), "--runs", str(runs))
    told = subprocess.run(
        command, cwd=PROJECT, env=os.environ | QUIET_ENVIRONMENT, check=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ).stdout  # fmt: skip
    return [Limit(**measured) for measured in json.loads(told.splitlines()[-1])]


async def reading_seconds(agent: Any, *, passes: int = PASSES) -> float:
    """The median of a pass of Rasa's agent over a message of the script."""
    times = []
    for message in SCRIPT * passes:
        began = time.perf_counter()
        await agent.parse_message(message)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def commit_seconds(folder: Path) -> float:
    """The median of a commit of one row in SQLite, on disk when it returns."""
    times = []
    with closing(sqlite3.connect(folder / "limit.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        for number in range(COMMITS):
            began = time.perf_counter()
            connection.execute("INSERT INTO messages (text) VALUES (?)", (SCRIPT[number % len(SCRIPT)],))
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.side_by_side.limit", description=__doc__)
    parser.add_argument("model", type=Path, help="the trained model")
    parser.add_argument("folder", type=Path, help="where the commits are made")
    parser.add_argument("--runs", type=int, default=1, help="how often both are measured (default: %(default)s)")
    given = parser.parse_args()
    print(json.dumps([asdict(limit) for limit in asyncio.run(_limits(given.model, given.folder, given.runs))]))


async def _limits(model: Path, folder: Path, runs: int) -> list[Limit]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    # The first readings of a new process are slower.
    await reading_seconds(agent, passes=1)
    return [Limit(reading=await reading_seconds(agent), commit=commit_seconds(folder)) for _ in range(runs)]


if __name__ == "__main__":
    main()
