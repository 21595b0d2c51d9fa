"""Reads a request's JSON object, and never more of it than is allowed."""

import json
from typing import Any

from starlette.requests import Request

from candidacy.frontdesk.errors import ApiError

MAX_BODY_BYTES = 128 * 1024
"""The longest message that can be allowed has 10,000 characters, of up to twelve bytes each (an escaped emoji)."""


async def read_json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object.

    Raises:
        ApiError: 415 it is not said to be JSON, 413 it is too large, 400 it is not a JSON object.
    """
    return said_to_be_json(await read_bounded(request), content_type=request.headers.get("content-type", ""))


def said_to_be_json(body: bytes, *, content_type: str) -> dict[str, Any]:
    """A body that was read, as a JSON object.

    Raises:
        ApiError: 415 it is not said to be JSON, 400 it is not a JSON object.
    """
    if not is_json(content_type):
        raise ApiError(415, "not_json", "Send the body as JSON, with the header Content-Type: application/json.")
    return parse_json_object(body)


def is_json(content_type: str) -> bool:
    """Whether a Content-Type header names JSON."""
    return content_type.split(";", 1)[0].strip().lower() == "application/json"


def parse_json_object(body: bytes) -> dict[str, Any]:
    """The bytes as a JSON object; raises ApiError 400 when they are not one."""
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "malformed_json", "The body is not JSON in UTF-8. Check how it is written.") from error
    if not isinstance(data, dict):
        raise ApiError(400, "not_an_object", "The body must be a JSON object, such as {}.")
    return data


async def read_bounded(request: Request) -> bytes:
    """The body, whatever it is; raises ApiError 413 when it is too large."""
    # Counted while reading: a chunked body announces no length, and an announced one may be a lie.
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise ApiError(413, "body_too_large", f"The body must be at most {MAX_BODY_BYTES} bytes.")
    return bytes(body)
