"""The console's own address, as staff open it."""

from candidacy.machine import local_url
from candidacy.settings import Settings

ENROL_PATH = "/enrol"


def console_url(settings: Settings) -> str:
    """The address for browsers: the public one, or where the console listens."""
    return settings.console_public_url or local_console_url(settings)


def local_console_url(settings: Settings) -> str:
    """The address for this machine's own programs."""
    return local_url(settings.console_host, settings.console_port)


def enrol_url(settings: Settings, token: str) -> str:
    """A one-time link. The token stands behind the question mark: no log names more than the path."""
    return f"{console_url(settings)}{ENROL_PATH}?link={token}"
