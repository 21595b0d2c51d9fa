"""Whether the ports the processes want are free, and which are."""

import errno
import socket
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from candidacy.launcher.errors import LaunchError
from candidacy.machine import LOOPBACK
from candidacy.settings import variable_name


@dataclass(frozen=True)
class Port:
    """A port that a process will listen on, and the settings' fields that change it."""

    owner: str
    host: str
    number: int
    field: str
    host_field: str | None = None


def check_ports(ports: Sequence[Port]) -> None:
    """Make sure that every port can be had.

    Raises:
        LaunchError: one line a port that cannot, with the setting that changes it.
    """
    problems = [problem for problem in map(_problem, ports) if problem]
    problems = _shared(ports) or problems
    if problems:
        raise LaunchError("\n".join(problems))


def free_ports(count: int) -> tuple[int, ...]:
    """Different ports of loopback that nobody listens on."""
    with ExitStack() as probes:
        listeners = [probes.enter_context(socket.create_server((LOOPBACK, 0))) for _ in range(count)]
        return tuple(int(listener.getsockname()[1]) for listener in listeners)


def _shared(ports: Sequence[Port]) -> list[str]:
    counts = Counter(port.number for port in ports)
    return [
        f"Port {number} is asked for {count} times: "
        + ", ".join(variable_name(port.field) for port in ports if port.number == number)
        + " must differ."
        for number, count in counts.items()
        if count > 1
    ]


def _problem(port: Port) -> str | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            port.host, port.number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        return _explanation(port, error)
    return None


def _explanation(port: Port, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port.number} is taken, and the {port.owner} needs it: stop what uses it "
            f"(is the assistant already running?) or set {variable_name(port.field)} to another port."
        )
    settings = [variable_name(field) for field in (port.host_field, port.field) if field]
    reason = error.strerror or str(error)
    return f"The {port.owner} cannot listen on {port.host}:{port.number} ({reason}): change {' or '.join(settings)}."
