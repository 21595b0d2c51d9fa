"""Which origins are our own or allowed, and which are not."""

import pytest

from candidacy.web.foreign_origin import is_foreign

ALLOWED = frozenset({"https://clinic.example"})


@pytest.mark.parametrize(
    ("origin", "host", "foreign"),
    [
        (None, "desk.example", False),
        ("https://clinic.example", "desk.example", False),
        ("https://desk.example", "desk.example", False),
        ("https://desk.example", "desk.example:443", False),
        ("http://desk.example", "desk.example", False),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", False),
        ("http://[::1]:8000", "[::1]:8000", False),
        ("https://DESK.example", "desk.example", False),
        ("http://clinic.example", "desk.example", True),
        ("https://clinic.example.evil.example", "desk.example", True),
        ("https://evil.example", "desk.example", True),
        ("https://desk.example:8443", "desk.example", True),
        ("http://127.0.0.1:9000", "127.0.0.1:8000", True),
        ("null", "desk.example", True),
        ("", "desk.example", True),
        ("null", "", True),
        ("https://desk.example:x", "desk.example", True),
    ],
)
def test_is_foreign(origin: str | None, host: str, foreign: bool) -> None:
    assert is_foreign(origin, host=host, allowed=ALLOWED) is foreign
