"""Our parts of Rasa as endpoints.yml and credentials.yml name them, built from the settings.

Rasa makes these classes itself, from their names, and passes only what stands in its files.
"""

from functools import cache
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain

from candidacy.assistant.bridge import BridgeChannel
from candidacy.assistant.dialogue_state import DialogueStateStore
from candidacy.assistant.generator import ClinicTextGenerator
from candidacy.clinic import clinic_variables
from candidacy.machine import open_cipher, open_database
from candidacy.machine_secrets import internal_token
from candidacy.records.database import Database
from candidacy.settings import read_settings


@cache
def _database() -> Database:
    """The settings' database, of which this process opens the connections once."""
    return open_database(read_settings())


class ConfiguredStore(DialogueStateStore):
    """The dialogue state store of the settings' database."""

    def __init__(self, domain: Domain | None = None, event_broker: EventBroker | None = None, **_: Any) -> None:
        settings = read_settings()
        super().__init__(domain, database=_database(), cipher=open_cipher(settings), event_broker=event_broker)


class ConfiguredGenerator(ClinicTextGenerator):
    """The generator with the settings' clinic."""

    def __init__(self, **_: Any) -> None:
        super().__init__(variables=clinic_variables(read_settings()))


class ConfiguredBridge(BridgeChannel):
    """The bridge with this machine's secret."""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "ConfiguredBridge":
        """Called by Rasa with what credentials.yml says, which is nothing."""
        settings = read_settings()
        return cls(
            token=internal_token(settings),
            turn_timeout_seconds=settings.turn_timeout_seconds,
            database=_database(),
            cipher=open_cipher(settings),
        )
