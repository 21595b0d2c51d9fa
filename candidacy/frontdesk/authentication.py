"""Who may read and write a conversation: whoever has its token. Knowing its id opens nothing."""

from datetime import datetime

from starlette.requests import Request

from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import ApiError
from candidacy.records.visitor_sessions import VisitorSession, find_session
from candidacy.web.transactions import read

CHALLENGE = 'Bearer realm="chat"'
REFUSED_TOKEN = f'{CHALLENGE}, error="invalid_token"'


async def authenticated_session(request: Request, *, desk: Desk) -> VisitorSession:
    """The session that the request's token opens.

    Raises:
        ApiError: 401 there is no token, or it opens nothing, or the session is over.
    """
    token = sent_token(request)
    visitor = opened(await read(desk.database, find_session, token=token), now=desk.now())
    desk.known_tokens.remember(token, conversation_id=visitor.conversation_id)
    return visitor


def sent_token(request: Request) -> str:
    """The request's token; raises ApiError 401 when there is none."""
    token = bearer_token(request.headers.get("authorization", ""))
    if token is None:
        raise unauthenticated(
            "missing_token",
            "Send the token of the session in the header Authorization: Bearer <token>.",
            challenge=CHALLENGE,
        )
    return token


def opened(visitor: VisitorSession | None, *, now: datetime) -> VisitorSession:
    """The session that was found for a token; raises ApiError 401 when there is none, or it is over."""
    if visitor is None:
        raise invalid_token()
    if visitor.is_over(now):
        raise unauthenticated(
            "session_expired",
            "The time of this session is over. Start a new one with POST /api/chat/sessions.",
            challenge=REFUSED_TOKEN,
        )
    return visitor


def bearer_token(authorization: str) -> str | None:
    """The token in an Authorization header of the Bearer scheme (RFC 6750, section 2.1), or None."""
    scheme, _, token = authorization.strip().partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token else None


def invalid_token() -> ApiError:
    """The refusal of a token that opens no conversation."""
    return unauthenticated(
        "invalid_token",
        "This token opens no conversation. Start a new session with POST /api/chat/sessions.",
        challenge=REFUSED_TOKEN,
    )


def unauthenticated(error: str, message: str, *, challenge: str) -> ApiError:
    """A refusal that says how to authenticate (RFC 9110, section 11.6.1)."""
    return ApiError(401, error, message, headers={"WWW-Authenticate": challenge})
