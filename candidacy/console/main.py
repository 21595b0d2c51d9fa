"""The console as a process of its own, built from the settings."""

import sys

import structlog
import uvicorn
from sqlalchemy.exc import DatabaseError
from starlette.applications import Starlette

from candidacy.console.app import create_app
from candidacy.logs import configure_logs
from candidacy.machine import clinic_texts, open_cipher, open_database
from candidacy.machine_secrets import audit_key
from candidacy.records.audit import audit_head
from candidacy.records.database import Database, DatabaseUnavailable
from candidacy.records.keyfile import KeyFileError
from candidacy.settings import Settings, SettingsError, read_settings
from candidacy.web.server import served_at

STOP_GRACE_SECONDS = 2
"""How long open connections may take to end when the process is asked to stop."""

log = structlog.get_logger(__name__)


def build_app(settings: Settings) -> Starlette:
    """The console with everything it needs.

    Raises:
        DatabaseUnavailable, KeyFileError: this machine is not set up for it; the message says what to do.
    """
    database = open_database(settings)
    _note_head(database)
    return create_app(
        settings=settings,
        database=database,
        cipher=open_cipher(settings),
        audit_key=audit_key(settings),
        texts=clinic_texts(settings),
    )


def _note_head(database: Database) -> None:
    """Log the audit's head: whoever cuts the audit off in the database does not change the log."""
    try:
        with database.read_session() as session:
            log.info("audit.head", head=str(audit_head(session)))
    except DatabaseError as error:
        log.warning("audit.head_not_read", reason=type(error).__name__)


def server_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    """Where the app is served."""
    return served_at(app, host=settings.console_host, port=settings.console_port, grace_seconds=STOP_GRACE_SECONDS)


def main() -> None:
    """Serve until asked to stop; where the settings or the machine do not allow it, one line and exit code 1."""
    try:
        settings = read_settings()
        configure_logs(settings.log_level)
        app = build_app(settings)
    except (SettingsError, DatabaseUnavailable, KeyFileError) as error:
        sys.exit(f"The console cannot start: {error}")
    uvicorn.Server(server_config(app, settings)).run()
