"""The shapes of what the API takes and gives, for its description."""

from typing import Any

from candidacy.assistant.reply import KINDS
from candidacy.frontdesk.actions import ACTIONS
from candidacy.frontdesk.message_input import IDENTIFIER_PATTERN, VISIBLE_PATTERN
from candidacy.records.news import PAGE_LENGTH
from candidacy.records.tables import AUTHORS

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_IDENTIFIER: Json = {"type": "string", "pattern": IDENTIFIER_PATTERN}
_COUNT: Json = {"type": "integer", "minimum": 1}
_INSTANT: Json = {"type": "string", "format": "date-time"}
_MESSAGE_ID: Json = {**_COUNT, "description": "Counts up within the conversation."}
_CLINIC: Json = {"clinic_name": _TEXT, "clinic_phone": _TEXT, "clinic_phone_link": _TEXT}


def reference(schema: str) -> Json:
    """Where a schema stands."""
    return {"$ref": f"#/components/schemas/{schema}"}


def schemas(*, message_max_length: int) -> Json:
    """All of them, by name.

    Args:
        message_max_length: the most characters of a visitor's text, which is a setting.
    """
    return {
        "Error": _error(),
        "Configuration": _object(
            {**_CLINIC, "message_max_length": _COUNT, "session_seconds": _COUNT, "version": _TEXT},
        ),
        "Session": _object({"token": _TEXT, "conversation": _TEXT, "expires_at": _INSTANT}),
        "SessionState": _session_state(),
        **_inputs(message_max_length),
        "Accepted": _object({"id": _MESSAGE_ID}),
        "Messages": _object({"messages": {"type": "array", "maxItems": PAGE_LENGTH, "items": reference("Message")}}),
        "Message": _message(),
        "Links": {
            "type": "array",
            "items": _object({"text": _TEXT, "href": _TEXT}),
            "description": "Telephone numbers in the text, as addresses to call.",
        },
        "LinkCode": _object(
            {
                "code": _TEXT,
                "number": {"type": ["string", "null"], "description": "In E.164; null where only the clinic knows it."},
                "expires_in": {**_COUNT, "description": "Seconds from now."},
            }
        ),
        "Alive": _object({"status": {"const": "alive"}}),
        "Readiness": _object(
            {
                "status": {"enum": ["ready", "not_ready"]},
                "database": {"type": "boolean"},
                "assistant": {"type": "boolean"},
                "assistant_processes": _object(
                    {"answering": {**_COUNT, "minimum": 0}, "of": _COUNT},
                    description="One that answers is enough to be ready.",
                ),
            }
        ),
    }


def _error() -> Json:
    return _object(
        {
            "error": _TEXT,
            "message": _TEXT,
            "kind": {"enum": list(KINDS), "description": "Where there is one, the message is for the visitor."},
            "links": reference("Links"),
        },
        optional=("kind", "links"),
        description="What was wrong and what to do. With danger in a message that was refused, its advice comes first.",
    )


def _session_state() -> Json:
    return _object(
        {
            "conversation": _TEXT,
            "expires_at": {**_INSTANT, "type": ["string", "null"]},
            "now": _INSTANT,
            "expires_in": {"type": ["integer", "null"], "description": "Seconds from now."},
            **_CLINIC,
        }
    )


def _inputs(message_max_length: int) -> Json:
    typed_text = {
        "type": "string",
        "minLength": 1,
        "maxLength": message_max_length,
        "pattern": VISIBLE_PATTERN,
        "description": "Control characters other than line breaks and tabs are removed.",
    }
    contents = {
        "TypedText": ("text", typed_text),
        "ButtonPress": ("button", _IDENTIFIER),
        "Action": ("action", {"enum": list(ACTIONS)}),
    }
    client_id = {**_IDENTIFIER, "description": "The client's own name of the message; new for each new message."}
    return {
        name: {
            **_object({"client_id": client_id, content: schema}),
            "not": {"anyOf": [{"required": [other]} for other, _ in contents.values() if other != content]},
        }
        for name, (content, schema) in contents.items()
    }


def _message() -> Json:
    button = _object(
        {
            "id": _TEXT,
            "title": _TEXT,
            "live": {
                "type": "boolean",
                "description": "Whether it can be pressed now; no longer once the visitor says something.",
            },
        }
    )
    return _object(
        {
            "id": _MESSAGE_ID,
            "author": {"type": "string", "enum": list(AUTHORS)},
            "kind": {"enum": [*KINDS, None], "description": "null for the visitor's own messages."},
            "text": _TEXT,
            "links": reference("Links"),
            "buttons": {"type": "array", "items": button},
            "facts": {"type": "array", "items": _TEXT, "description": "The numbered facts that the text rests on."},
            "at": _INSTANT,
            "client_id": {"type": ["string", "null"], "description": "The client's own name, of a visitor's."},
        }
    )


def _object(properties: Json, *, optional: tuple[str, ...] = (), description: str = "") -> Json:
    required = [name for name in properties if name not in optional]
    schema: Json = {"type": "object", "properties": properties, "required": required}
    return {**schema, "description": description} if description else schema
