"""Small programs that stand in for the assistant's processes."""

import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack

import pytest


@pytest.fixture
def free_ports() -> list[int]:
    """Four ports that nobody listens on."""
    with ExitStack() as probes:
        listeners = [probes.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(4)]
        return [listener.getsockname()[1] for listener in listeners]


@pytest.fixture
def free_port(free_ports: list[int]) -> int:
    """A port that nobody listens on."""
    return free_ports[0]


@pytest.fixture
def program() -> Callable[..., tuple[str, ...]]:
    """The command that runs a piece of Python with arguments."""

    def command(code: str, *arguments: object) -> tuple[str, ...]:
        return (sys.executable, "-S", "-c", code, *map(str, arguments))

    return command
