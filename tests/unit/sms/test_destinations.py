"""To which numbers texts are sent."""

import pytest

from candidacy.sms.destinations import is_allowed


@pytest.mark.parametrize(
    ("number", "allowed"),
    [
        ("+12125550123", True),
        ("+16465550123", True),
        ("+19075550123", True),
        ("+18085550123", True),
        ("+14165550123", False),  # Toronto
        ("+16045550123", False),  # Vancouver
        ("+18095550123", False),  # Dominican Republic
        ("+18765550123", False),  # Jamaica
        ("+12465550123", False),  # Barbados
        ("+17875550123", False),  # Puerto Rico
        ("+16715550123", False),  # Guam
        ("+18005550123", False),  # toll-free
        ("+18885550123", False),
        ("+19005550123", False),  # premium
        ("+442079460958", False),
        ("+37112345678", False),
        ("+12005550123", False),  # no such area
        ("12345", False),
        ("911", False),
        ("", False),
        ("+", False),
        ("+1212555", False),
        ("+121255501234", False),
    ],
)
def test_us_numbers_alone(number: str, allowed: bool) -> None:
    assert is_allowed(number) is allowed


@pytest.mark.parametrize(
    ("number", "regions", "allowed"),
    [
        ("+14165550123", {"US", "CA"}, True),
        ("+17875550123", {"US", "PR"}, True),
        ("+447400123456", {"GB"}, True),
        ("+12125550123", {"GB"}, False),
        ("+12125550123", set(), False),
        ("+18005550123", {"US", "CA", "PR"}, False),
    ],
)
def test_regions_that_the_clinic_allows(number: str, regions: set[str], allowed: bool) -> None:
    assert is_allowed(number, regions) is allowed
