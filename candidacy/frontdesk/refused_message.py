"""Danger in a message that is refused: it is advised all the same, since the refusal is all that the visitor gets."""

import anyio
import anyio.to_thread
import structlog

from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.errors import ApiError, unavailable
from candidacy.frontdesk.json_body import parse_json_object
from candidacy.frontdesk.visitor_words import not_received
from candidacy.language.red_flag import RedFlag
from candidacy.web.transactions import RecordsUnavailable

PATIENCE_SECONDS = 2.0
"""How long a refused message waits to be looked at. After that it gets the general words, which name 911 too."""

log = structlog.get_logger(__name__)

Refusal = ApiError | RecordsUnavailable


async def advised(refusal: Refusal, *, body: bytes, desk: Desk) -> Refusal:
    """The refusal of a message, with advice for the visitor where the message speaks of danger.

    Args:
        refusal: why it is not taken.
        body: what was sent.
        desk: what the front desk has.
    """
    parts = outer_parts(typed_text(body), length=desk.settings.message_max_length)
    red_flag = await _red_flag(parts, desk=desk) if parts else None
    if red_flag is None:
        return refusal
    words = not_received(texts=desk.texts, numbers=desk.numbers, red_flag=red_flag)
    if isinstance(refusal, RecordsUnavailable):
        return unavailable(words)
    return ApiError(refusal.status, refusal.error, words, headers=refusal.headers)


def typed_text(body: bytes) -> str:
    """The text in a message's body; empty when there is none."""
    try:
        text = parse_json_object(body).get("text")
    except ApiError:
        return ""
    return text if isinstance(text, str) else ""


def outer_parts(text: str, *, length: int) -> list[str]:
    """What is looked at of a text: all of it; where it is too long, its beginning and its end; nothing when blank."""
    if not text.strip():
        return []
    return [text] if len(text) <= length else [text[:length], text[-length:]]


async def _red_flag(parts: list[str], *, desk: Desk) -> RedFlag | None:
    # One at a time for the whole front desk: a flood of refused messages may not take the time of those that are heard.
    with anyio.move_on_after(PATIENCE_SECONDS):
        return await anyio.to_thread.run_sync(
            _first_red_flag, parts, desk, abandon_on_cancel=True, limiter=desk.refused_limiter
        )
    return None


def _first_red_flag(parts: list[str], desk: Desk) -> RedFlag | None:
    try:
        return next((flag for part in parts if (flag := desk.red_flags.detect(part)) is not None), None)
    except Exception as error:
        # A broken rule must not cost the visitor the clinic's number.
        log.error("red_flags.failed", reason=type(error).__name__)
        return None
