"""The whole product on free ports of this machine, with a database of its own."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from candidacy.console.addresses import console_url
from candidacy.launcher.ports import free_ports
from candidacy.launcher.service import Service
from candidacy.launcher.services import services
from candidacy.machine import clinic_texts, open_cipher, open_database
from candidacy.records.migrate import migrate
from candidacy.settings import Settings, read_settings
from tests.support.action_switch import ActionSwitch

START_SECONDS = 300

TWILIO_ACCOUNT = "AC" + "0123456789abcdef" * 2
TWILIO_TOKEN = "an auth token of no account"
CLINIC_NUMBER = "+12125550100"

UNLIMITED = {
    f"CANDIDACY_{name}_PER_MINUTE": "0"
    for name in ("SESSION_MESSAGES", "ADDRESS_MESSAGES", "ADDRESS_SESSIONS", "ADDRESS_REQUESTS")
}
"""Tests ask faster than people, and all from one address."""


@dataclass
class Process:
    """One process of the product and where its log is."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(self.command, env=self.environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """As if the power went: no chance to tidy up."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()

    def stop(self) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()
            try:
                self.running.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()


class Stack:
    """Rasa, the action server behind a switch, the staff console, and the front desk."""

    def __init__(
        self, *, directory: Path, model: Path, database_url: str | None = None, twilio_url: str | None = None
    ) -> None:
        self.directory = directory
        self.closing = ExitStack()
        """What is given back when the stack stops."""
        port, rasa_port, switch_port, self.actions_port, console_port = free_ports(5)
        self._variables = {
            "DATABASE_URL": database_url or f"sqlite:///{directory / 'candidacy.db'}",
            "CANDIDACY_STATE_DIRECTORY": str(directory),
            "CANDIDACY_PORT": str(port),
            "CANDIDACY_CONSOLE_PORT": str(console_port),
            "CANDIDACY_RASA_PORT": str(rasa_port),
            "CANDIDACY_ACTIONS_PORT": str(switch_port),
            **UNLIMITED,
            **(texting_variables(twilio_url, port=port) if twilio_url else {}),
        }
        self.settings: Settings = read_settings(self._variables)
        self.switch = ActionSwitch(port=switch_port, actions_port=self.actions_port)
        self.database = open_database(self.settings)
        self.cipher = open_cipher(self.settings)
        self.texts = clinic_texts(self.settings)
        by_name = {service.log_name: service for service in services(settings=self.settings, model=model)}
        self.actions = self._process(by_name["actions"], CANDIDACY_ACTIONS_PORT=str(self.actions_port))
        self.rasa = self._process(by_name["rasa"])
        self.console = self._process(by_name["console"])
        self.frontdesk = self._process(by_name["frontdesk"])

    @property
    def url(self) -> str:
        """Where the front desk listens."""
        return f"http://{self.settings.host}:{self.settings.port}"

    @property
    def console_url(self) -> str:
        """Where the console listens."""
        return console_url(self.settings)

    @property
    def processes(self) -> tuple[Process, ...]:
        return self.actions, self.rasa, self.console, self.frontdesk

    def start(self) -> None:
        """Start everything and wait until it answers."""
        migrate(self.settings.database_url)
        self.switch.start()
        for process in self.processes:
            process.start()
        self.wait_until_ready()

    def start_console_alone(self) -> None:
        """Start the console and nothing else: it needs only the database."""
        migrate(self.settings.database_url)
        self.console.start()
        self.wait_until_ready(self.console_url)

    def command(self, *arguments: str) -> str:
        """Run the `candidacy` command on this product; gives what it printed."""
        command = [sys.executable, "-m", "candidacy.cli", *arguments]
        environment = {**os.environ, **self._variables}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def stop(self) -> None:
        self.closing.close()
        for process in self.processes:
            process.stop()
        if self.switch.is_listening:
            self.switch.stop()
        self.database.dispose()

    def wait_until_ready(self, *urls: str) -> None:
        """Wait for these to say that all is ready; by default the front desk and the console."""
        asked = urls or (self.url, self.console_url)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            dead = [
                process.name for process in self.processes if process.running and process.running.poll() is not None
            ]
            if dead:
                raise RuntimeError(f"{dead} ended while starting; see {self.directory}")
            try:
                if all(self._answers(url) for url in asked):
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"not ready after {START_SECONDS} s; see {self.directory}")

    @staticmethod
    def _answers(url: str) -> bool:
        return httpx.get(f"{url}/readyz", timeout=2, trust_env=False).status_code == 200

    def _process(self, service: Service, **variables: str) -> Process:
        environment = {**os.environ, **self._variables, **service.environment, **variables}
        log = self.directory / f"{service.log_name}.log"
        return Process(service.name, list(service.command), environment, log)


def trained_model(project: Path) -> Path:
    """The model of the present data, which is trained when there is none."""
    command = [sys.executable, "-m", "candidacy.cli", "train"]
    told = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout
    return project / told.strip().splitlines()[-1].split(": ")[-1]


def texting_variables(twilio_url: str, *, port: int) -> dict[str, str]:
    """The settings of text messages for a front desk on this machine, and a Twilio at that address."""
    return {
        "CANDIDACY_SMS_ACCOUNT_SID": TWILIO_ACCOUNT,
        "CANDIDACY_SMS_AUTH_TOKENS": TWILIO_TOKEN,
        "CANDIDACY_SMS_NUMBER": CLINIC_NUMBER,
        "CANDIDACY_SMS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "CANDIDACY_SMS_API_URL": twilio_url,
        "CANDIDACY_SMS_NUMBER_MESSAGES_PER_MINUTE": "0",
        "CANDIDACY_SMS_MESSAGES_PER_MINUTE": "0",
    }


def start_stack(
    directory: Path, *, model: Path, database_url: str | None = None, twilio_url: str | None = None
) -> Stack:
    """The product, running; with text messages where there is a Twilio to send them with."""
    stack = Stack(directory=directory, model=model, database_url=database_url, twilio_url=twilio_url)
    try:
        stack.start()
    except BaseException:
        stack.stop()
        raise
    return stack
