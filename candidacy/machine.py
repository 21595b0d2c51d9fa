"""This machine's parts as the settings say: the database, the cipher, the secrets and the texts."""

from pathlib import Path

from candidacy.assistant.texts import Texts
from candidacy.clinic import clinic_variables
from candidacy.machine_secrets import encryption_keys, index_keys
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.settings import Settings

DOMAIN_FILE = Path("domain.yml")
LOOPBACK = "127.0.0.1"
# Only compared with.
_EVERY_IPV4 = "0.0.0.0"  # nosec B104
_EVERY_INTERFACE = {_EVERY_IPV4: LOOPBACK, "::": "[::1]"}


def open_database(settings: Settings) -> Database:
    """The database of the settings."""
    return Database(settings.database_url)


def open_cipher(settings: Settings) -> Cipher:
    """The cipher with this machine's keys."""
    return Cipher(encryption_keys(settings), index_keys(settings))


def clinic_texts(settings: Settings) -> Texts:
    """The texts of domain.yml with the clinic's variables."""
    return Texts.from_domain(DOMAIN_FILE, variables=clinic_variables(settings))


def local_url(host: str, port: int) -> str:
    """Where this machine's own programs reach what listens on a host and port, which may be every interface."""
    host = _EVERY_INTERFACE.get(host, host)
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return f"http://{host}:{port}"


def rasa_url(settings: Settings) -> str:
    """Where Rasa listens; of several, the first."""
    return rasa_urls(settings)[0]


def rasa_urls(settings: Settings) -> tuple[str, ...]:
    """Where each of the assistant's Rasa servers listens."""
    return tuple(f"http://{LOOPBACK}:{port}" for port in settings.rasa_ports)


def actions_url(settings: Settings) -> str:
    """Where Rasa calls its custom actions."""
    return f"http://{LOOPBACK}:{settings.actions_port}/webhook"
