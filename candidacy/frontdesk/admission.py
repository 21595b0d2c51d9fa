"""Lets a request in, or says that it is one too many."""

import math

from starlette.requests import Request

from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.limits import Limit
from candidacy.web.client_address import client_address


def admit_address(request: Request, *, desk: Desk, limit: Limit = Limit.ADDRESS_REQUESTS) -> None:
    """Count a request for its network address; raises ApiError 429 when it is one too many."""
    peer = request.client.host if request.client else None
    forwarded = ",".join(request.headers.getlist(desk.settings.forwarded_header)) or None
    _admit(limit, client_address(peer=peer, forwarded=forwarded, trusted=desk.proxies), desk=desk)


def admit_message(conversation_id: str, *, desk: Desk) -> None:
    """Count a message for its session; raises ApiError 429 when it is one too many."""
    _admit(Limit.SESSION_MESSAGES, conversation_id, desk=desk)


def _admit(limit: Limit, key: str, *, desk: Desk) -> None:
    wait = desk.limits.seconds_to_wait(limit, key)
    if wait > 0:
        raise ApiError(429, "too_many", desk.not_received, headers={"Retry-After": str(math.ceil(wait))})
