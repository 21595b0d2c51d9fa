"""The processes of the assistant as data: how each is started, where it listens and how it says that it is ready."""

import sys
from pathlib import Path

from candidacy.console.addresses import local_console_url
from candidacy.launcher.ports import Port
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT
from candidacy.launcher.service import Service
from candidacy.machine import LOOPBACK, local_url, rasa_urls
from candidacy.settings import Settings, variable_name

RASA_SERVER = "Rasa server"
ACTION_SERVER = "action server"


def services(*, settings: Settings, model: Path) -> tuple[Service, ...]:
    """The processes, each after those it uses; the front desk, which visitors talk to, is the last."""
    places = range(settings.assistant_processes)
    return (
        *(_action_server(settings, place) for place in places),
        *(_rasa_server(settings, place, model=model) for place in places),
        Service(
            name="staff console",
            log_name="console",
            command=_python("candidacy.console"),
            health_url=f"{local_console_url(settings)}/readyz",
            environment=QUIET_ENVIRONMENT,
        ),
        Service(
            name="front desk",
            log_name="frontdesk",
            command=(*_python("candidacy.frontdesk"), "--model", str(model)),
            health_url=f"{frontdesk_url(settings)}/readyz",
            environment=QUIET_ENVIRONMENT,
        ),
    )


def service_ports(settings: Settings) -> tuple[Port, ...]:
    """The ports the processes listen on."""
    return (
        Port("front desk", settings.host, settings.port, "port", host_field="host"),
        Port("staff console", settings.console_host, settings.console_port, "console_port", host_field="console_host"),
        *(
            Port(_numbered(RASA_SERVER, place), LOOPBACK, port, "rasa_port")
            for place, port in enumerate(settings.rasa_ports)
        ),
        *(
            Port(_numbered(ACTION_SERVER, place), LOOPBACK, port, "actions_port")
            for place, port in enumerate(settings.actions_ports)
        ),
    )


def frontdesk_url(settings: Settings) -> str:
    """The front desk's address for this machine's own programs."""
    return local_url(settings.host, settings.port)


def _python(module: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module)


def _action_server(settings: Settings, place: int) -> Service:
    return Service(
        name=_numbered(ACTION_SERVER, place),
        log_name=_numbered_log("actions", place),
        command=_python("actions"),
        health_url=f"http://{LOOPBACK}:{settings.actions_ports[place]}/health",
        environment={**QUIET_ENVIRONMENT, **_own_ports(settings, place)},
    )


def _rasa_server(settings: Settings, place: int, *, model: Path) -> Service:
    return Service(
        name=_numbered(RASA_SERVER, place),
        log_name=_numbered_log("rasa", place),
        command=(*_python("candidacy.assistant.rasa_server"), "--model", str(model)),
        health_url=f"{rasa_urls(settings)[place]}/",
        # Below WARNING, Rasa logs what visitors write.
        environment={
            **QUIET_ENVIRONMENT,
            "LOG_LEVEL": "WARNING",
            "LOG_LEVEL_LIBRARIES": "ERROR",
            **_own_ports(settings, place),
        },
    )


def _own_ports(settings: Settings, place: int) -> dict[str, str]:
    """The settings of one pair, which knows of no other."""
    return {
        variable_name("rasa_port"): str(settings.rasa_ports[place]),
        variable_name("actions_port"): str(settings.actions_ports[place]),
        variable_name("assistant_processes"): "1",
    }


def _numbered(name: str, place: int) -> str:
    """The first of a kind has no number, since mostly there is no other."""
    return f"{name} {place + 1}" if place else name


def _numbered_log(name: str, place: int) -> str:
    return f"{name}-{place + 1}" if place else name
