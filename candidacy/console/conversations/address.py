"""How places among the conversations stand in an address: the inbox's filter and page, a conversation, a message. Pure.

An address holds ids, numbers, dates and the names of values; it never holds what a visitor wrote, nor a name or number.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from candidacy.casework.inbox_filter import InboxFilter, filter_parameters
from candidacy.records.console.inbox import InboxCursor

INBOX_PATH = "/inbox"
ROWS_PATH = "/inbox/rows"
EVENTS_PATH = "/inbox/events"
CURSOR = "after"
MESSAGES_AFTER = 20
"""How much of what follows a message is shown with it where it is not among the newest."""

_CONVERSATION_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


def is_conversation_id(text: str) -> bool:
    """Whether a text can be the id of a conversation."""
    return _CONVERSATION_ID.fullmatch(text) is not None


def inbox_address(narrowed: InboxFilter, *, after: InboxCursor | None = None, path: str = INBOX_PATH) -> str:
    """The address of the inbox's page that begins after a conversation."""
    parameters = filter_parameters(narrowed)
    if after is not None:
        parameters[CURSOR] = written_cursor(after)
    return f"{path}?{urlencode(parameters)}" if parameters else path


def written_cursor(cursor: InboxCursor) -> str:
    """A place in the inbox as `read_cursor` reads it."""
    return f"{int(cursor.alarming)}~{cursor.last_activity_at.isoformat()}~{cursor.id}"


def read_cursor(parameters: Mapping[str, str]) -> InboxCursor | None:
    """The place in the inbox that an address names; None, the beginning, where it names none that can be read."""
    parts = parameters.get(CURSOR, "").split("~")
    if len(parts) != 3 or parts[0] not in ("0", "1") or not is_conversation_id(parts[2]):
        return None
    try:
        at = datetime.fromisoformat(parts[1])
    except ValueError:
        return None
    return InboxCursor(alarming=parts[0] == "1", last_activity_at=at, id=parts[2]) if at.tzinfo else None


def conversation_address(conversation_id: str, *, before: int | None = None) -> str:
    """The address of a conversation's transcript; of older messages, those before a position."""
    address = f"/conversations/{conversation_id}"
    return address if before is None else f"{address}?before={before}"


def message_address(conversation_id: str, position: int, *, last_position: int | None = None) -> str:
    """The address of one message in its transcript.

    Args:
        conversation_id: its conversation.
        position: the message's.
        last_position: the newest message's, where it is known that the message may be far before it.
    """
    far = last_position is not None and last_position - position > MESSAGES_AFTER
    before = position + MESSAGES_AFTER if far else None
    return f"{conversation_address(conversation_id, before=before)}#m{position}"
