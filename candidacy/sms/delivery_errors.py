"""Twilio's error codes in plain words, for staff and for deciding whether another attempt is of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from candidacy.language.rule_files import RuleError, read_rule_file

ERRORS_FILE = Path(__file__).parent / "delivery_errors.yml"

OPTED_OUT = 21610
"""The recipient has opted out on Twilio's own list; to be kept as an opt-out here too."""


@dataclass(frozen=True)
class DeliveryError:
    """What a code means, and whether another attempt is of no use."""

    meaning: str
    permanent: bool


DeliveryErrors = Mapping[int, DeliveryError]


def load_delivery_errors(path: Path = ERRORS_FILE) -> DeliveryErrors:
    """Read the codes.

    Raises:
        RuleError: the file cannot be used; the message names it and the code that is wrong.
    """
    errors = {}
    for code, entry in read_rule_file(path).items():
        try:
            errors[int(code)] = DeliveryError(meaning=str(entry["meaning"]), permanent=bool(entry["permanent"]))
        except (KeyError, TypeError, ValueError) as error:
            raise RuleError(f"{path}: {code!r} must be a number with 'meaning' and 'permanent'") from error
    return errors


def explained(error_code: int | None, errors: DeliveryErrors) -> str:
    """The code in plain words, for staff; an unknown one is named with its number."""
    if error_code is None:
        return "Twilio could not be reached, or gave no reason."
    known = errors.get(error_code)
    return known.meaning if known else f"Twilio's error {error_code}; see twilio.com/docs/api/errors/{error_code}."
