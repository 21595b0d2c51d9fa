"""The front desk as a process of its own, built from the settings and the trained model."""

import argparse
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from candidacy.assistant.client import AssistantClient
from candidacy.assistant.pool import AssistantPool
from candidacy.frontdesk.app import REPLY_MARGIN_SECONDS, create_app
from candidacy.frontdesk.danger import RedFlags
from candidacy.frontdesk.open_files import allow_many_connections
from candidacy.language.red_flag_model import ModelFileError, load_red_flag_detector
from candidacy.language.rule_files import RULES
from candidacy.logs import configure_logs
from candidacy.machine import clinic_texts, open_cipher, open_database, rasa_urls
from candidacy.machine_secrets import internal_token
from candidacy.records.database import DatabaseUnavailable
from candidacy.records.keyfile import KeyFileError
from candidacy.settings import Settings, SettingsError, read_settings
from candidacy.web.server import served_at

THREAD_SECONDS = 0.001
"""How long a thread computes before it gives way: red flags are looked for in threads, and requests may not wait for
them. Python's own 5 ms, many times over, are felt in every answer."""

STREAMS_GRACE_SECONDS = 2
"""How long open connections may take to end; with the turns' own grace, the process stops within 5 seconds."""


def build_app(settings: Settings, red_flags: RedFlags) -> Starlette:
    """The front desk with everything it needs.

    It is given an encryption key only where text messages are set up, since telephone numbers are encrypted. Else what
    faces the network reads and writes nothing that is encrypted.

    Args:
        settings: The settings.
        red_flags: Recognises danger, also when Rasa does not answer.

    Raises:
        DatabaseUnavailable, KeyFileError: this machine is not set up for it; the message says what to do.
    """
    return create_app(
        settings=settings,
        database=open_database(settings),
        assistant=assistant_pool(settings),
        texts=clinic_texts(settings),
        red_flags=red_flags,
        cipher=None if settings.texting is None else open_cipher(settings),
    )


def assistant_pool(settings: Settings) -> AssistantPool:
    """The way to this machine's processes of the assistant."""
    timeout_seconds = settings.turn_timeout_seconds + REPLY_MARGIN_SECONDS
    token = internal_token(settings)
    clients = [
        AssistantClient(base_url=url, token=token, timeout_seconds=timeout_seconds) for url in rasa_urls(settings)
    ]
    return AssistantPool(clients, turn_timeout_seconds=timeout_seconds)


def server_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    """Where the app is served; it is gone within 5 seconds of being asked to stop."""
    return served_at(app, host=settings.host, port=settings.port, grace_seconds=STREAMS_GRACE_SECONDS)


def main() -> None:
    """Serve until asked to stop; where the settings or the machine do not allow it, one line and exit code 1."""
    arguments = argparse.ArgumentParser(prog="python -m candidacy.frontdesk", description="Serve the front desk.")
    arguments.add_argument("--model", required=True, metavar="FILE", type=Path, help="the trained model")
    model = arguments.parse_args().model
    try:
        settings = read_settings()
        configure_logs(settings.log_level)
        app = build_app(settings, load_red_flag_detector(model, rules=RULES))
    except (SettingsError, DatabaseUnavailable, KeyFileError, ModelFileError) as error:
        sys.exit(f"The front desk cannot start: {error}")
    allow_many_connections()
    sys.setswitchinterval(THREAD_SECONDS)
    uvicorn.Server(server_config(app, settings)).run()
