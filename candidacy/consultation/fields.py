"""The fields of a consultation request, in the order in which they are asked."""

from collections.abc import Mapping

NAME = "contact_name"
PHONE = "contact_phone"
METHOD = "contact_method"
TIME = "contact_time"
NOTE = "contact_note"
CONSENT = "contact_consent"
REVIEW = "contact_review"

FIELDS = (NAME, PHONE, METHOD, TIME, NOTE, CONSENT, REVIEW)
"""Also the names of Rasa's slots; the words of each question stand in domain.yml under utter_ask_<field>."""

CHANGEABLE = (NAME, PHONE, METHOD, TIME, NOTE)
"""The fields that may be given again at the read-back."""

YES = "yes"
NO = "no"
SKIPPED = "skipped"

CONSENT_WORDING_VERSION = "1"
"""Version of the wording in utter_ask_contact_consent; a change of meaning there gets a new one."""


def next_field(fields: Mapping[str, str | None]) -> str | None:
    """The field to ask for now, or None when there is nothing more to ask; without consent nothing is read back."""
    for field in FIELDS:
        if fields.get(field) is None:
            return field
        if field == CONSENT and fields[field] == NO:
            return None
    return None


def is_complete(fields: Mapping[str, str | None]) -> bool:
    """Whether the request may be stored: every field is there, with consent and a yes to the read-back."""
    return all(fields.get(field) for field in FIELDS) and fields[CONSENT] == YES and fields[REVIEW] == YES
