"""What every form carries to show that it comes from one of our own pages. Pure.

A page of somebody else's can make a browser send a form with our cookie, but cannot read the cookie, and so cannot know
the token made of it (OWASP, "Cross-Site Request Forgery Prevention Cheat Sheet", signed double-submit cookie).
"""

import hashlib
import hmac

_PURPOSE = b"candidacy console form v1"


def form_token(secret: str) -> str:
    """The token of whoever has the cookie with this secret: 64 hexadecimal digits that do not give it away."""
    return hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).hexdigest()


def is_form_token(given: str, *, secret: str | None) -> bool:
    """Whether a form carries the token that belongs to its cookie; without a cookie none does."""
    return secret is not None and hmac.compare_digest(form_token(secret).encode(), given.encode())
