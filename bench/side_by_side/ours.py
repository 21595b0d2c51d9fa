"""The product as ``candidacy run`` starts it, on free ports, with records of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp

from bench.samples import PROJECT
from bench.side_by_side.running import process, wait_until
from bench.side_by_side.visitors import Visitor, web_visitor
from candidacy.frontdesk.responses import ASSISTANT_DOWN
from candidacy.launcher.health import answers
from candidacy.launcher.ports import free_ports
from candidacy.launcher.services import frontdesk_url
from candidacy.machine import LOOPBACK, clinic_texts
from candidacy.settings import DATABASE_VARIABLE, PREFIX, Settings, read_settings, variable_name

UNLIMITED = {
    variable_name(field): "0" for field in Settings.__fields__ if field.endswith("_per_minute") and "sms" not in field
}
"""The visitors of a measurement ask faster than people, and all from one address."""


@dataclass(frozen=True)
class Product:
    """The product, running."""

    url: str
    pid: int
    apology: str
    settings: Settings
    title: str = "ours"

    def visitor(self, http: aiohttp.ClientSession) -> AbstractAsyncContextManager[Visitor]:
        """See `Assistant.visitor`."""
        return web_visitor(http, url=self.url, apology=self.apology)


@contextmanager
def running_product(folder: Path, *, database_url: str | None = None, processes: int = 1) -> Iterator[Product]:
    """The product with the trained model of the present data, ready to answer, for as long as the block runs.

    Args:
        folder: for its records, secrets and logs; empty.
        database_url: where its records are, when not in a SQLite file of the folder.
        processes: how many Rasa servers answer.

    Raises:
        MeasurementFailed: it does not start.
    """
    folder.mkdir(parents=True)
    variables = _variables(folder, database_url=database_url, processes=processes)
    settings = read_settings(variables)
    command = (sys.executable, "-m", "candidacy.cli", "run")
    with process(command, name="candidacy", logs=folder, environment=variables, directory=PROJECT) as child:
        url = frontdesk_url(settings)
        wait_until(partial(answers, f"{url}/readyz"), processes=[child], what="The product")
        apology = clinic_texts(settings).reply(ASSISTANT_DOWN).text
        yield Product(url=url, pid=child.pid, apology=apology, settings=settings)


def trained_model() -> Path:
    """The model of the present data, which is trained when there is none."""
    command = [sys.executable, "-m", "candidacy.cli", "train"]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    return PROJECT / told.strip().splitlines()[-1].split(": ")[-1]


def _variables(folder: Path, *, database_url: str | None, processes: int) -> dict[str, str]:
    front, console, rasa, actions = _ports(processes)
    return {
        **{name: value for name, value in os.environ.items() if name == f"{PREFIX}MODEL_DIRECTORY"},
        f"{PREFIX}STATE_DIRECTORY": str(folder),
        DATABASE_VARIABLE: database_url or f"sqlite:///{folder / 'candidacy.db'}",
        f"{PREFIX}PORT": str(front),
        f"{PREFIX}CONSOLE_PORT": str(console),
        f"{PREFIX}RASA_PORT": str(rasa),
        f"{PREFIX}ACTIONS_PORT": str(actions),
        **UNLIMITED,
        **({f"{PREFIX}ASSISTANT_PROCESSES": str(processes)} if processes > 1 else {}),
    }


def _ports(processes: int) -> tuple[int, int, int, int]:
    """Four free ports; after the last two, as many as there are processes are free as well."""
    while True:
        front, console, rasa, actions = free_ports(4)
        if processes == 1:
            return front, console, rasa, actions
        following = [port + further for port in (rasa, actions) for further in range(1, processes)]
        if not {front, console, rasa, actions} & set(following) and all(map(_is_free, following)):
            return front, console, rasa, actions


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
