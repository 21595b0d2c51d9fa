"""The stock assistant as its documentation says: ``rasa run`` with the REST channel, and ``rasa run actions``."""

import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp

from bench.side_by_side.running import process, wait_until
from bench.side_by_side.stock_model import STOCK_ENVIRONMENT, StockModel
from bench.side_by_side.visitors import Visitor, rest_visitor
from candidacy.launcher.health import answers
from candidacy.launcher.ports import free_ports
from candidacy.machine import LOOPBACK


@dataclass(frozen=True)
class StockAssistant:
    """Stock Rasa, running."""

    url: str
    pid: int
    """Of the Rasa server, without its action server."""
    title: str = "stock Rasa"

    def visitor(self, http: aiohttp.ClientSession) -> AbstractAsyncContextManager[Visitor]:
        """See `Assistant.visitor`."""
        return rest_visitor(http, url=self.url)


@contextmanager
def running_stock(folder: Path, *, model: StockModel) -> Iterator[StockAssistant]:
    """The stock assistant, ready to answer, for as long as the block runs.

    Args:
        folder: for its trackers and logs; empty.
        model: the trained assistant.

    Raises:
        MeasurementFailed: it does not start.
    """
    folder.mkdir(parents=True)
    port, actions_port = free_ports(2)
    environment = {
        **STOCK_ENVIRONMENT,
        "STOCK_ACTIONS_URL": f"http://{LOOPBACK}:{actions_port}/webhook",
        "STOCK_TRACKER_DB": str(folder / "tracker.db"),
    }
    rasa = (sys.executable, "-m", "rasa", "run")
    options = ("--model", str(model.file), "--interface", LOOPBACK, "--port", str(port))
    begin = partial(process, logs=folder, environment=environment, directory=model.folder)
    with (
        begin((*rasa, "actions", "--port", str(actions_port)), name="stock-actions") as actions,
        begin((*rasa, *options), name="stock-rasa") as server,
    ):
        url = f"http://{LOOPBACK}:{port}"
        for address in (f"{url}/", f"http://{LOOPBACK}:{actions_port}/health"):
            wait_until(partial(answers, address), processes=[actions, server], what="Stock Rasa")
        yield StockAssistant(url=url, pid=server.pid)
