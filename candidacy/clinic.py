"""The clinic as texts name it: the variables that every text may use."""

import phonenumbers

from candidacy.settings import Settings


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
