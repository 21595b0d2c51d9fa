"""Telephone numbers people type, as E.164."""

import phonenumbers
from phonenumbers import PhoneNumberFormat


def read_telephone(text: str, *, region: str) -> str | None:
    """The one valid number in a text as E.164; a number without a country is read as the region's.

    None when there is no such number. Two different numbers are None too: we do not guess which one to call.
    """
    found = {
        phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID)
    }
    return found.pop() if len(found) == 1 else None


def readable_telephone(e164: str, *, region: str) -> str:
    """The number as people of the region write it; other countries' numbers with their country code."""
    number = phonenumbers.parse(e164, region)
    home = phonenumbers.region_code_for_number(number) == region
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)
