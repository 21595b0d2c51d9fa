"""Whether a request that changes something was made by a page of another site. Pure.

Browsers say so by themselves: by `Sec-Fetch-Site` (W3C Fetch Metadata), on plain HTTP beyond this machine by `Origin`.
"""

from candidacy.web.foreign_origin import is_foreign

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITE = frozenset({"same-origin", "none"})
"""Made by one of our pages, or by the person at the browser."""


def is_cross_site(
    method: str, *, fetch_site: str | None, origin: str | None, host: str, public_origin: str | None
) -> bool:
    """Whether to refuse the request.

    Args:
        method: the HTTP method.
        fetch_site: the header Sec-Fetch-Site.
        origin: the header Origin.
        host: the header Host.
        public_origin: the console's own origin where a proxy gives it another name.
    """
    if method in SAFE_METHODS:
        return False
    if fetch_site is not None:
        return fetch_site not in OWN_SITE
    return is_foreign(origin, host=host, allowed=frozenset([public_origin] if public_origin else []))
