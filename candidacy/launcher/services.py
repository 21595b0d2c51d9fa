"""The processes of the assistant as data: how each is started, where it listens and how it says that it is ready."""

import sys
from pathlib import Path

from candidacy.console.addresses import local_console_url
from candidacy.launcher.ports import Port
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT
from candidacy.launcher.service import Service
from candidacy.machine import LOOPBACK, local_url, rasa_url
from candidacy.settings import Settings


def services(*, settings: Settings, model: Path) -> tuple[Service, ...]:
    """The processes, each after those it uses; the front desk, which visitors talk to, is the last."""
    return (
        Service(
            name="action server",
            log_name="actions",
            command=_python("actions"),
            health_url=f"http://{LOOPBACK}:{settings.actions_port}/health",
            environment=QUIET_ENVIRONMENT,
        ),
        Service(
            name="Rasa server",
            log_name="rasa",
            command=(*_python("candidacy.assistant.rasa_server"), "--model", str(model)),
            health_url=f"{rasa_url(settings)}/",
            # Below WARNING, Rasa logs what visitors write.
            environment={**QUIET_ENVIRONMENT, "LOG_LEVEL": "WARNING", "LOG_LEVEL_LIBRARIES": "ERROR"},
        ),
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
        Port("Rasa server", LOOPBACK, settings.rasa_port, "rasa_port"),
        Port("action server", LOOPBACK, settings.actions_port, "actions_port"),
    )


def frontdesk_url(settings: Settings) -> str:
    """The front desk's address for this machine's own programs."""
    return local_url(settings.host, settings.port)


def _python(module: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module)
