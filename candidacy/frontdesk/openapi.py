"""The description of the API (OpenAPI 3.1), from the same limits that the endpoints apply."""

from typing import Any

from candidacy.frontdesk.json_body import MAX_BODY_BYTES
from candidacy.frontdesk.messages import MAX_POSITION
from candidacy.frontdesk.openapi_schemas import reference, schemas
from candidacy.records.news import PAGE_LENGTH

API_VERSION = "1.2.0"

Json = dict[str, Any]


def openapi_document(*, message_max_length: int, text_messages: bool = False) -> Json:
    """The document.

    Args:
        message_max_length: the most characters of a visitor's text, which is a setting.
        text_messages: whether they are set up.
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
            "/api/chat/configuration": {"get": _configuration()},
            "/api/chat/sessions": {"post": _start_session()},
            "/api/chat/session": {"get": _read_session(), "delete": _end_session()},
            "/api/chat/session/extend": {"post": _extend_session()},
            "/api/chat/messages": {"post": _post_message(), "get": _list_messages()},
            "/api/chat/events": {"get": _stream_events()},
            **({"/api/chat/link-code": {"post": _create_link_code()}} if text_messages else {}),
            "/healthz": {"get": _operation("healthz", "Whether the process lives.", {"200": _json("Alive.", "Alive")})},
            "/readyz": {"get": _readyz()},
            "/openapi.json": {"get": _operation("openapi", "This document.", {"200": _any_object("The document.")})},
            "/": {"get": _operation("home", "A sample page.", {"200": _content("The page.", "text/html")})},
        },
        "components": {
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas(message_max_length=message_max_length),
        },
    }


def _configuration() -> Json:
    return _operation(
        "configuration",
        "The clinic, and the limits to keep to; open to everybody.",
        {"200": _json("What a client must know before it has a session.", "Configuration"), **_errors("403", "429")},
    )


def _read_session() -> Json:
    return _operation(
        "readSession",
        "What the token opens, and until when. A session ends a while after the last message sent, or the last "
        "extension.",
        {"200": _json("The session.", "SessionState"), **_errors("401")},
        secured=True,
    )


def _extend_session() -> Json:
    return _operation(
        "extendSession",
        "Let the session last as long again, from now on. No body is needed.",
        {"200": _json("The session with its new end.", "SessionState"), **_errors("401")},
        secured=True,
    )


def _end_session() -> Json:
    return _operation(
        "endSession",
        "End the session: its token opens nothing afterwards. The clinic keeps the messages.",
        {"204": {"description": "Ended."}, **_errors("401")},
        secured=True,
    )


def _start_session() -> Json:
    return _operation(
        "createSession",
        "Start a conversation. Its first message, the opening, is there at once.",
        {
            "201": _json("The conversation, and the token that opens it.", "Session"),
            **_errors("400", "413", "415"),
        },
        body={"type": "object"},
    )


def _post_message() -> Json:
    return _operation(
        "postMessage",
        "Send what the visitor typed, a button that the assistant offered, or an action, which can be sent any time. "
        "The same client_id again is the same message, so a client may repeat a request whose answer it has not seen.",
        {
            "202": _json("Stored; the reply follows.", "Accepted"),
            **_errors("400", "401", "409", "410", "413", "415"),
        },
        body={"oneOf": [reference("TypedText"), reference("ButtonPress"), reference("Action")]},
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


def _create_link_code() -> Json:
    return _operation(
        "createLinkCode",
        "Give a code which, texted to the number, lets this chat go on by text message. It works once, within 10 "
        "minutes; the codes before it work no more. No body is needed.",
        {"201": _json("The code, and the number to text it to.", "LinkCode"), **_errors("401", "410")},
        secured=True,
    )


def _stream_events() -> Json:
    return _operation(
        "streamEvents",
        "The same messages as server-sent events, then each new one as it comes. The event's id is the message's, "
        "its data the message as JSON. Comments keep the connection alive. After a break, go on by Last-Event-ID. "
        "With signals there are two events more, without an id: `working`, whether the assistant owes an answer "
        "({working: boolean}), and `session`, how the session ended ({state: expired or ended}), after which the "
        "stream closes.",
        {"200": _content("A stream that does not end.", "text/event-stream"), **_errors("400", "401")},
        parameters=[
            _position("after", "query", "The id of the last message already known, where there is no Last-Event-ID."),
            _position("Last-Event-ID", "header", "The id of the last event that came; stronger than after."),
            _parameter("signals", "query", "Whether to send signals too.", {"enum": ["true", "false"]}),
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
        operation["responses"] = {**responses, **_errors("403", "429", "503")}
    return operation


_ERRORS = {
    "400": "The request is wrong; the error says what.",
    "401": "No token, or one that opens nothing, or no longer.",
    "403": "A web page of an origin that may not use the chat.",
    "409": "The button is stale: the conversation has moved on.",
    "410": "The visitor had the conversation deleted; it can be read, but takes no more messages.",
    "413": f"The body is over {MAX_BODY_BYTES} bytes.",
    "415": "The body is not said to be JSON.",
    "429": "Too many, for the session or for the network address; nothing was stored.",
    "503": "The database cannot be reached.",
}
_RETRY_AFTER = {
    "Retry-After": {"description": "Seconds until it is worth trying again.", "schema": {"type": "integer"}}
}
_ERROR_HEADERS = {
    "401": {"WWW-Authenticate": {"description": "How to authenticate.", "schema": {"type": "string"}}},
    "429": _RETRY_AFTER,
    "503": _RETRY_AFTER,
}


def _errors(*statuses: str) -> Json:
    return {
        status: {**_json(_ERRORS[status], "Error"), **({"headers": headers} if headers else {})}
        for status in statuses
        for headers in [_ERROR_HEADERS.get(status)]
    }


def _json(description: str, schema: str) -> Json:
    return {"description": description, "content": {"application/json": {"schema": reference(schema)}}}


def _any_object(description: str) -> Json:
    return {"description": description, "content": {"application/json": {"schema": {"type": "object"}}}}


def _content(description: str, media_type: str) -> Json:
    return {"description": description, "content": {media_type: {"schema": {"type": "string"}}}}


def _position(name: str, place: str, description: str) -> Json:
    return _parameter(name, place, description, {"type": "integer", "minimum": 0, "maximum": MAX_POSITION})


def _parameter(name: str, place: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": place, "required": False, "description": description, "schema": schema}
