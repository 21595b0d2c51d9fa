"""Twilio's error codes in plain words, for staff and for deciding whether another attempt is of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ERRORS_FILE = Path(__file__).parent / "delivery_errors.yml"

OPTED_OUT = 21610
"""The recipient has opted out on Twilio's own list; to be kept as an opt-out here too."""


@dataclass(frozen=True)
class DeliveryError:
    """What a code means, and whether another attempt may go better."""

    meaning: str
    permanent: bool


def load_delivery_errors(path: Path = ERRORS_FILE) -> Mapping[int, DeliveryError]:
    """Read the codes; raises ValueError, naming the file, when they cannot be used."""
    raise NotImplementedError


def explained(error_code: int | None, errors: Mapping[int, DeliveryError]) -> str:
    """The code in plain words, for staff; an unknown one is named with its number."""
    raise NotImplementedError
