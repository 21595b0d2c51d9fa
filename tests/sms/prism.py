"""Twilio's own description of its REST interface, served by Prism: it checks every request against the description."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from candidacy.launcher.die_with_parent import with_parent
from candidacy.launcher.ports import free_ports

HERE = Path(__file__).parent
DESCRIPTION = HERE.parents[2] / "shared" / "twilio" / "twilio_api_v2010.json"
"""It stands beside the checkout and is no part of it: github.com/twilio/twilio-oai, MIT license."""
PRISM = HERE / "node_modules" / ".bin" / "prism"
START_SECONDS = 120


def missing() -> str | None:
    """What is not there that is needed to serve it, or None."""
    if not DESCRIPTION.is_file():
        return f"Twilio's description of its REST interface (github.com/twilio/twilio-oai) at {DESCRIPTION}"
    if shutil.which("node") is None:
        return "Node.js (Debian: apt-get install nodejs npm)"
    if not PRISM.exists():
        return "Prism, which serves Twilio's description (make tools)"
    return None


@contextmanager
def serve(log: Path) -> Iterator[str]:
    """Serve the description on loopback for as long as the context lasts; gives its address."""
    (port,) = free_ports(1)
    command = [str(PRISM), "mock", str(DESCRIPTION), "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            with_parent(command), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait(process, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"Prism ended while starting; see {log}")
        try:
            httpx.get(url, timeout=2, trust_env=False)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise RuntimeError(f"Prism is not ready after {START_SECONDS} s; see {log}")
