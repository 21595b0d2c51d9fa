"""Telephone numbers in a message become links."""

import pytest

from candidacy.clinic import callable_numbers
from candidacy.frontdesk.links import links_in
from candidacy.settings import read_settings

NUMBERS = callable_numbers(read_settings({}))
CLINIC = {"text": "(212) 430-0312", "href": "tel:+1-212-430-0312"}
EMERGENCY = {"text": "911", "href": "tel:911"}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Call 911 now, or the clinic at (212) 430-0312.", [EMERGENCY, CLINIC]),
        ("(212) 430-0312, and again (212) 430-0312; else 911", [CLINIC, EMERGENCY]),
        ("Call or text 988 now.", [{"text": "988", "href": "tel:988"}]),
        ("Your reference is SF-911ABC.", []),
        ("A few days.", []),
    ],
)
def test_links_in(text: str, links: list[dict[str, str]]) -> None:
    assert links_in(text, numbers=NUMBERS) == links
