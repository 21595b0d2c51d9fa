"""Where one goes on after signing in."""

import pytest

from candidacy.console.access.next_page import own_page


@pytest.mark.parametrize("address", ["/", "/audit", "/audit?subject=staff/1&before=3", "/a:b"])
def test_a_page_of_our_own(address: str) -> None:
    assert own_page(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "audit",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:x",
        "/a b",
    ],
)
def test_anything_else_is_the_front_page(address: str) -> None:
    assert own_page(address) == "/"
