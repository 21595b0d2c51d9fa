"""Whether a page of another site made a request."""

import pytest

from candidacy.console.access.cross_site import is_cross_site

OWN, PUBLIC, EVIL = "http://127.0.0.1:8001", "https://console.clinic.example", "https://evil.example"


@pytest.mark.parametrize(
    ("method", "fetch_site", "origin", "cross"),
    [
        ("GET", "cross-site", EVIL, False),
        ("HEAD", None, EVIL, False),
        ("POST", "same-origin", OWN, False),
        ("POST", "none", None, False),
        ("POST", "same-origin", "null", False),
        ("POST", "same-site", PUBLIC, True),
        ("POST", "cross-site", OWN, True),
        ("POST", None, None, False),
        ("POST", None, OWN, False),
        ("POST", None, PUBLIC, False),
        ("POST", None, EVIL, True),
        ("POST", None, "null", True),
        ("DELETE", None, EVIL, True),
    ],
)
def test_is_cross_site(method: str, fetch_site: str | None, origin: str | None, cross: bool) -> None:
    seen = is_cross_site(method, fetch_site=fetch_site, origin=origin, host="127.0.0.1:8001", public_origin=PUBLIC)
    assert seen is cross
