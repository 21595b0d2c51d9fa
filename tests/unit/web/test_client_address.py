"""Whose request it is: the connection's, or whom trusted proxies speak for."""

from ipaddress import ip_network

import pytest

from candidacy.web.client_address import UNKNOWN, client_address

TRUSTED = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("fd00::1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        (None, "198.51.100.7", UNKNOWN),
        ("testclient", None, UNKNOWN),
    ],
    ids=[
        "nobody between",
        "a claim of nobody we know",
        "the machine itself",
        "a proxy speaks for somebody",
        "two proxies",
        "two proxies, and a claim before them",
        "a proxy, and a claim before it",
        "with a port",
        "a proxy that says nothing readable",
        "an unreadable proxy in between",
        "an empty header",
        "IPv4 written as IPv6",
        "IPv6 counts by its site",
        "no connection",
        "no address",
    ],
)
def test_client_address(peer: str | None, forwarded: str | None, address: str) -> None:
    assert client_address(peer=peer, forwarded=forwarded, trusted=TRUSTED) == address


def test_nobody_is_believed_unless_it_was_said() -> None:
    assert client_address(peer="127.0.0.1", forwarded="198.51.100.7", trusted=()) == "127.0.0.1"


def test_one_home_has_one_allowance_whatever_its_address() -> None:
    addresses = {
        client_address(peer=f"2001:db8:1:2::{host}", forwarded=None, trusted=()) for host in ("1", "2", "ffff:1")
    }
    assert len(addresses) == 1
