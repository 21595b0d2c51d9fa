"""The clinic as texts name it: the variables that every text may use."""

import phonenumbers

from candidacy.settings import Settings

EMERGENCY_NUMBERS = {"911": "tel:911", "988": "tel:988"}
"""Numbers that danger advice names, and their addresses."""


def callable_numbers(settings: Settings) -> dict[str, str]:
    """Every number that a text may name, as it is written there, and its address (RFC 3966)."""
    variables = clinic_variables(settings)
    return {variables["clinic_phone"]: variables["clinic_phone_link"], **EMERGENCY_NUMBERS}


def clinic_variables(settings: Settings) -> dict[str, str]:
    """The variables of the texts in domain.yml: the clinic's name, number, link to call and hours."""
    number = phonenumbers.parse(settings.clinic_phone, settings.clinic_region)
    hours = settings.hours
    return {
        "clinic_name": settings.clinic_name,
        "clinic_phone": settings.clinic_phone,
        "clinic_phone_link": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966),
        "clinic_hours": str(hours),
        "clinic_timezone": settings.clinic_timezone.split("/")[-1].replace("_", " "),
    }
