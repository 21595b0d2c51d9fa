"""Whether a request comes from a page of somebody else's. Pure."""

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def is_foreign(origin: str | None, *, host: str, allowed: frozenset[str]) -> bool:
    """Whether a request comes from a page that may not send it.

    Programs other than browsers send no origin, and could send any: for them it is the token that counts.

    Args:
        origin: the Origin header.
        host: the Host header. Its port counts; its scheme is not known behind a proxy that ends TLS.
        allowed: origins that may call.
    """
    if origin is None or origin in allowed:
        return False
    return _host_and_port(origin) not in _as_seen(host)


def _host_and_port(origin: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(origin)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None


def _as_seen(host: str) -> set[tuple[str, int] | None]:
    return {_host_and_port(f"{scheme}://{host}") for scheme in DEFAULT_PORTS} - {None}
