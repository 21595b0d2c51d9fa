"""Two front desks before two assistants, on PostgreSQL: one of each is killed while people talk, and nobody notices."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from tests.support.crowd import crowd, faults_of
from tests.support.machine import ACTIONS, FRONT_DESK, RASA, Machine, free_port_ranges
from tests.support.postgresql import create_postgresql_database
from tests.support.stack import UNLIMITED, Process, trained_model

VISITORS = 16
PAUSE_SECONDS = 0.5


@dataclass
class Wide:
    """A machine with two assistants, and one more front desk before them."""

    machine: Machine
    second: Process
    second_url: str
    database: Database
    cipher: Cipher


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory, project: Path, postgresql: Any) -> Iterator[Wide]:
    model, folder, key = trained_model(project), tmp_path_factory.mktemp("wide"), Fernet.generate_key().decode()
    url = create_postgresql_database(postgresql, name="wide")
    shared = {"DATABASE_URL": url, "CANDIDACY_ENCRYPTION_KEYS": key, **UNLIMITED}
    machine = Machine(folder=folder / "machine", project=project, variables=shared, assistants=2)
    (port,) = free_port_ranges(1)
    machine.start()
    command = [sys.executable, "-m", "candidacy.frontdesk", "--model", str(model)]
    environment = {**machine.environment, "CANDIDACY_PORT": str(port)}
    second = Process("second front desk", command, environment, folder / "second.log")
    database = Database(url)
    try:
        machine.wait_until_ready()
        second.start()
        yield Wide(machine, second, f"http://127.0.0.1:{port}", database, Cipher([key]))
    finally:
        second.stop()
        machine.stop()
        database.dispose()


def test_one_of_each_is_killed_and_all_conversations_end_complete(wide: Wide) -> None:
    visits = asyncio.run(
        crowd(
            [wide.machine.url, wide.second_url],
            visitors=VISITORS,
            pause_seconds=PAUSE_SECONDS,
            at={
                2.0: lambda: wide.machine.kill_one(RASA),
                4.0: lambda: wide.machine.kill_one(FRONT_DESK),
                6.0: lambda: wide.machine.kill_one(ACTIONS),
            },
        )
    )
    faults = [fault for visit in visits for fault in faults_of(visit, database=wide.database, cipher=wide.cipher)]
    assert not faults
    assert sum(visit.moves for visit in visits) > 0
