"""To which numbers texts are sent at all."""

from collections.abc import Collection

import phonenumbers
from phonenumbers import PhoneNumberType

DEFAULT_REGIONS = ("US",)
_ORDINARY = (
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.VOIP,
)


def is_allowed(number: str, regions: Collection[str] = DEFAULT_REGIONS) -> bool:
    """Whether a number (E.164) is an ordinary one of the regions (two letters each).

    Toll-free, premium-rate and shared-cost numbers and short codes are none. Canada and the Caribbean share the +1 of
    the US and are regions of their own, as are Puerto Rico and the other territories.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    if not phonenumbers.is_valid_number(parsed) or phonenumbers.number_type(parsed) not in _ORDINARY:
        return False
    return phonenumbers.region_code_for_number(parsed) in regions
