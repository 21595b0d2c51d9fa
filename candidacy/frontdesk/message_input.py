"""What a visitor may send: a typed text, a button that the assistant offered, or one that is always there."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from candidacy.frontdesk.actions import ACTIONS
from candidacy.frontdesk.errors import ApiError

IDENTIFIER_PATTERN = "^[A-Za-z0-9_-]{1,64}$"
"""What a client's own message id, and a button's id, may look like."""

VISIBLE_PATTERN = r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
"""A character that can be seen: no space, no control character, nothing of zero width. A text needs one."""

_IDENTIFIER = re.compile(IDENTIFIER_PATTERN)
_VISIBLE = re.compile(VISIBLE_PATTERN)
_KEPT_CONTROLS = "\n\t"


@dataclass(frozen=True)
class TypedText:
    """A text the visitor wrote; a "/" at its start is only a character."""

    client_id: str
    text: str


@dataclass(frozen=True)
class ButtonPress:
    """A button the visitor pressed, by the id that the server gave it."""

    client_id: str
    button: str


@dataclass(frozen=True)
class Action:
    """A button that is always there, by its name in `actions.ACTIONS`."""

    client_id: str
    action: str


Input = TypedText | ButtonPress | Action

_CONTENTS = ("text", "button", "action")


def read_message_input(data: Mapping[str, Any], *, max_length: int) -> Input:
    """Read ``{client_id, text}``, ``{client_id, button}`` or ``{client_id, action}``.

    Args:
        data: the request's JSON object.
        max_length: the most characters a text may have.

    Raises:
        ApiError: 400, naming the field that is missing or wrong.
    """
    client_id = data.get("client_id")
    if not isinstance(client_id, str) or not _IDENTIFIER.fullmatch(client_id):
        raise ApiError(
            400,
            "invalid_client_id",
            "client_id must be 1 to 64 letters, digits, - or _, and a new one for each new message.",
        )
    if sum(content in data for content in _CONTENTS) != 1:
        raise ApiError(400, "text_or_button", "Send one of text, button and action, and not two.")
    if "text" in data:
        return TypedText(client_id=client_id, text=read_text(data["text"], max_length=max_length))
    if "button" in data:
        return ButtonPress(client_id=client_id, button=_read_button(data["button"]))
    return Action(client_id=client_id, action=_read_action(data["action"]))


def read_text(value: Any, *, max_length: int) -> str:
    """A visitor's text, cleaned; raises ApiError 400 when it is no text, blank or too long."""
    if not isinstance(value, str):
        raise ApiError(400, "invalid_text", "text must be a string.")
    text = clean_text(value)
    if not _VISIBLE.search(text):
        raise ApiError(400, "empty_text", "text is empty. Send what the visitor wrote.")
    if len(text) > max_length:
        raise ApiError(400, "message_too_long", f"text must be at most {max_length} characters. Shorten or split it.")
    return text


def clean_text(text: str) -> str:
    """The text without control characters (but line breaks and tabs) and without halves of surrogate pairs.

    Neither can be stored by every database, and neither can be read.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in unified if _is_kept(character))


def _is_kept(character: str) -> bool:
    return character in _KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")


def _read_button(value: Any) -> str:
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise unknown_button()
    return value


def _read_action(value: Any) -> str:
    if not isinstance(value, str) or value not in ACTIONS:
        raise ApiError(400, "unknown_action", f"There is no such action. There are: {', '.join(ACTIONS)}.")
    return value


def unknown_button() -> ApiError:
    """The refusal of a button that was never offered in this conversation."""
    return ApiError(400, "unknown_button", "There is no such button. Send the id of one that came with a message.")


def stale_button() -> ApiError:
    """The refusal of a button whose question has passed, so that a yes never answers another question."""
    return ApiError(409, "stale_button", "The conversation has moved on. Show the buttons of the newest message.")
