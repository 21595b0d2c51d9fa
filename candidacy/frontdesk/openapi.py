"""The description of the API (OpenAPI 3.1), from the same limits that the endpoints apply."""

from typing import Any

from candidacy.assistant.reply import KINDS
from candidacy.frontdesk.json_body import MAX_BODY_BYTES
from candidacy.frontdesk.message_input import IDENTIFIER_PATTERN, VISIBLE_PATTERN
from candidacy.frontdesk.messages import MAX_POSITION, PAGE_LENGTH
from candidacy.records.tables import AUTHORS

API_VERSION = "1.0.0"

Json = dict[str, Any]


def openapi_document(*, message_max_length: int) -> Json:
    """The document.

    Args:
        message_max_length: the most characters of a visitor's text, which is a setting.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Front desk of the clinic's automated assistant",
            "version": API_VERSION,
            "description": "A visitor starts a session, posts messages with its token, and reads the replies as "
            "server-sent events or by asking for them. Every message gets a reply within seconds.",
        },
        "paths": {
            "/api/chat/sessions": {"post": _start_session()},
            "/api/chat/messages": {"post": _post_message(), "get": _list_messages()},
            "/api/chat/events": {"get": _stream_events()},
            "/healthz": {"get": _operation("healthz", "Whether the process lives.", {"200": _json("Alive.", "Alive")})},
            "/readyz": {"get": _readyz()},
            "/openapi.json": {"get": _operation("openapi", "This document.", {"200": _any_object("The document.")})},
            "/": {"get": _operation("home", "The service's name.", {"200": _content("A short text.", "text/plain")})},
        },
        "components": {
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(message_max_length),
        },
    }


def _start_session() -> Json:
    return _operation(
        "createSession",
        "Start a conversation. Its first message, the opening, is there at once.",
        {"201": _json("The conversation, and the token that opens it.", "Session"), **_errors("400", "413", "415")},
        body={"type": "object"},
    )


def _post_message() -> Json:
    return _operation(
        "postMessage",
        "Send what the visitor typed, or a button that the assistant offered. The same client_id again is the same "
        "message, so a client may repeat a request whose answer it has not seen.",
        {
            "202": _json("Stored; the reply follows.", "Accepted"),
            **_errors("400", "401", "409", "410", "413", "415"),
        },
        body={"oneOf": [_reference("TypedText"), _reference("ButtonPress")]},
        secured=True,
    )


def _list_messages() -> Json:
    return _operation(
        "listMessages",
        f"Messages after a given one, oldest first, at most {PAGE_LENGTH}; ask again after the last one until there "
        "are none.",
        {"200": _json("The messages.", "Messages"), **_errors("400", "401")},
        parameters=[_position("after", "query", "The id of the last message already known.")],
        secured=True,
    )


def _stream_events() -> Json:
    return _operation(
        "streamEvents",
        "The same messages as server-sent events, then each new one as it comes. The event's id is the message's, "
        "its data the message as JSON. Comments keep the connection alive. After a break, go on by Last-Event-ID.",
        {"200": _content("A stream that does not end.", "text/event-stream"), **_errors("400", "401")},
        parameters=[
            _position("after", "query", "The id of the last message already known, where there is no Last-Event-ID."),
            _position("Last-Event-ID", "header", "The id of the last event that came; stronger than after."),
        ],
        secured=True,
    )


def _readyz() -> Json:
    responses = {"200": _json("Ready.", "Readiness"), "503": _json("Something is missing.", "Readiness")}
    return _operation("readyz", "Whether the database and the assistant can be reached.", responses)


def _operation(
    name: str,
    summary: str,
    responses: Json,
    *,
    parameters: list[Json] | None = None,
    body: Json | None = None,
    secured: bool = False,
) -> Json:
    operation: Json = {"operationId": name, "summary": summary, "responses": responses}
    if parameters:
        operation["parameters"] = parameters
    if body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if secured:
        operation["security"] = [{"session": []}]
    if body or secured:
        operation["responses"] = {**responses, **_errors("503")}
    return operation


_ERRORS = {
    "400": "The request is wrong; the error says what.",
    "401": "No token, or one that opens nothing.",
    "409": "The button is stale: the conversation has moved on.",
    "410": "The visitor had the conversation deleted; it can be read, but takes no more messages.",
    "413": f"The body is over {MAX_BODY_BYTES} bytes.",
    "415": "The body is not said to be JSON.",
    "503": "The database cannot be reached; the message is for the visitor and has the clinic's number.",
}
_ERROR_HEADERS = {
    "401": {"WWW-Authenticate": {"description": "How to authenticate.", "schema": {"type": "string"}}},
    "503": {"Retry-After": {"description": "Seconds until it is worth trying again.", "schema": {"type": "integer"}}},
}


def _errors(*statuses: str) -> Json:
    return {
        status: {**_json(_ERRORS[status], "Error"), **({"headers": headers} if headers else {})}
        for status in statuses
        for headers in [_ERROR_HEADERS.get(status)]
    }


def _json(description: str, schema: str) -> Json:
    return {"description": description, "content": {"application/json": {"schema": _reference(schema)}}}


def _any_object(description: str) -> Json:
    return {"description": description, "content": {"application/json": {"schema": {"type": "object"}}}}


def _content(description: str, media_type: str) -> Json:
    return {"description": description, "content": {media_type: {"schema": {"type": "string"}}}}


def _reference(schema: str) -> Json:
    return {"$ref": f"#/components/schemas/{schema}"}


def _position(name: str, place: str, description: str) -> Json:
    schema = {"type": "integer", "minimum": 0, "maximum": MAX_POSITION}
    return {"name": name, "in": place, "required": False, "description": description, "schema": schema}


def _object(properties: Json, *, optional: tuple[str, ...] = (), description: str = "") -> Json:
    required = [name for name in properties if name not in optional]
    schema: Json = {"type": "object", "properties": properties, "required": required}
    return {**schema, "description": description} if description else schema


def _schemas(message_max_length: int) -> Json:
    text = {"type": "string"}
    identifier = {"type": "string", "pattern": IDENTIFIER_PATTERN}
    message_id = {"type": "integer", "minimum": 1, "description": "Counts up within the conversation."}
    typed_text = {
        "type": "string",
        "minLength": 1,
        "maxLength": message_max_length,
        "pattern": VISIBLE_PATTERN,
        "description": "Control characters other than line breaks and tabs are removed.",
    }
    client_id = {**identifier, "description": "The client's own name of the message; new for each new message."}
    return {
        "Error": _object({"error": text, "message": text}, description="What was wrong and what to do."),
        "Session": _object({"token": text, "conversation": text}),
        "TypedText": {**_object({"client_id": client_id, "text": typed_text}), "not": {"required": ["button"]}},
        "ButtonPress": {**_object({"client_id": client_id, "button": identifier}), "not": {"required": ["text"]}},
        "Accepted": _object({"id": message_id}),
        "Messages": _object({"messages": {"type": "array", "maxItems": PAGE_LENGTH, "items": _reference("Message")}}),
        "Message": _object(
            {
                "id": message_id,
                "author": {"type": "string", "enum": list(AUTHORS)},
                "kind": {"enum": [*KINDS, None], "description": "null for the visitor's own messages."},
                "text": text,
                "links": {
                    "type": "array",
                    "items": _object({"text": text, "href": text}),
                    "description": "Telephone numbers in the text, as addresses to call.",
                },
                "buttons": {"type": "array", "items": _object({"id": text, "title": text})},
                "facts": {"type": "array", "items": text, "description": "The numbered facts that the text rests on."},
                "at": {"type": "string", "format": "date-time"},
                "client_id": {"type": ["string", "null"], "description": "The client's own name, of a visitor's."},
            }
        ),
        "Alive": _object({"status": {"const": "alive"}}),
        "Readiness": _object(
            {
                "status": {"enum": ["ready", "not_ready"]},
                "database": {"type": "boolean"},
                "assistant": {"type": "boolean"},
            }
        ),
    }
