"""Our parts of Rasa as endpoints.yml and credentials.yml name them, built from the settings.

Rasa makes these classes itself, from their names, and passes only what stands in its files.
"""

from typing import Any

from candidacy.assistant.bridge import BridgeChannel
from candidacy.assistant.generator import ClinicTextGenerator
from candidacy.clinic import clinic_variables
from candidacy.machine import open_cipher
from candidacy.machine_secrets import internal_token
from candidacy.settings import read_settings


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
            cipher=open_cipher(settings),
        )
