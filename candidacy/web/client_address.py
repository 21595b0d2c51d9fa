"""Whose request it is: the network address that limits count by, also behind proxies."""

import ipaddress
from collections.abc import Sequence

from candidacy.settings import Network

UNKNOWN = "unknown"
"""All requests without a readable address; they share one allowance."""

IPV6_SITE_BITS = 64
"""A home or a telephone has as many IPv6 addresses as it likes, all with the same first bits."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(*, peer: str | None, forwarded: str | None, trusted: Sequence[Network]) -> str:
    """The address that a request counts for.

    A proxy adds the address it was called from at the end of the header. So the header is read from the end, and only
    as far as trusted proxies wrote it; what stands before is whatever the caller claims.

    Args:
        peer: who is connected.
        forwarded: the header in which proxies say whom they speak for: addresses, separated by commas.
        trusted: the proxies that are believed.
    """
    address = _read(peer or "")
    for entry in reversed((forwarded or "").split(",")):
        if address is None or not any(address in network for network in trusted):
            break
        claimed = _read(entry)
        if claimed is None:
            break
        address = claimed
    return UNKNOWN if address is None else _counted_as(address)


def _read(text: str) -> Address | None:
    """An address as proxies write it, maybe with a port."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _counted_as(address: Address) -> str:
    if address.version == 4:
        return str(address)
    return str(ipaddress.IPv6Network((address, IPV6_SITE_BITS), strict=False))
