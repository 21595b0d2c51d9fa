"""Whether a request comes from Twilio: its signature over the address as the world knows it."""

from collections.abc import Sequence

from twilio.request_validator import RequestValidator

from candidacy.sms.form import Form


def public_url(base: str, path: str, query: str = "") -> str:
    """The address that Twilio called: the configured public base, the path, and the query as it was received.

    What a proxy or a client says of host, port or scheme plays no part in it.
    """
    return f"{base.rstrip('/')}{path}{'?' if query else ''}{query}"


def is_signed(*, url: str, form: Form, signature: str | None, tokens: Sequence[str]) -> bool:
    """Whether one of the account's auth tokens signed this form for this address.

    Args:
        url: see `public_url`; Twilio signs it with or without the port, and both are tried.
        form: every parameter, blank ones too.
        signature: the header X-Twilio-Signature, or None.
        tokens: the primary token, and while it is being changed the other one too. Blank ones count for nothing.
    """
    if not signature:
        return False
    return any(RequestValidator(token).validate(url, form, signature) for token in tokens if token)
