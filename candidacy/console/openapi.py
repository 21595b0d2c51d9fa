"""The description of the console's addresses (OpenAPI 3.1), made from the table of routes."""

import re
from collections.abc import Sequence
from typing import Any

from candidacy.console.access.roles import Permission
from candidacy.console.errors import ERRORS
from candidacy.console.guard import FORM_TOKEN_FIELD
from candidacy.console.route import ConsoleRoute

API_VERSION = "1.0.0"

Json = dict[str, Any]

_PARAMETER = re.compile(r"{(\w+)(?::(int))?}")
_OF_EVERY_ANSWER = ("400", "404", "503")
_OF_A_FORM = ("401", "403", "409", "413", "422", "429")
_MEDIA_TYPES = {"page": "text/html", "json": "application/json", "file": "*/*", "stream": "text/event-stream"}


def openapi_document(routes: Sequence[ConsoleRoute]) -> Json:
    """The document; what every page of HTML is like, the document does not say."""
    paths: Json = {}
    for route in routes:
        paths.setdefault(_PARAMETER.sub(r"{\1}", route.path), {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Staff console", "version": API_VERSION, "description": "For browsers: pages and forms."},
        "paths": paths,
    }


def _operation(route: ConsoleRoute) -> Json:
    operation: Json = {
        "operationId": f"{route.method.lower()}{re.sub(r'[^a-z]+', '_', route.path)}",
        "summary": f"For who may {route.needs.value}.",
        "responses": _responses(route),
    }
    parameters = [
        *(_parameter(name, "path", "integer" if kind else "string") for name, kind in _PARAMETER.findall(route.path)),
        *(_parameter(name, "query", "string") for name in route.query),
    ]
    if parameters:
        operation["parameters"] = parameters
    if route.method == "POST":
        operation["requestBody"] = _form(route)
    return operation


def _responses(route: ConsoleRoute) -> Json:
    responses: Json = {
        "200": {"description": "The answer.", "content": {_MEDIA_TYPES[route.answers]: {}}},
        "303": {"description": "Go on at the address in Location; where nobody is signed in, the sign-in."},
    }
    statuses = _OF_A_FORM if route.method == "POST" else () if route.needs is Permission.SIGN_IN else ("401", "403")
    for status in (*_OF_EVERY_ANSWER, *statuses):
        described = ERRORS.get(int(status))
        description = described.title if described else "The form again, with what was wrong in it."
        # While the database is away, readiness says so as JSON.
        media_type = "application/json" if status == "503" and route.path == "/readyz" else "text/html"
        responses[status] = {"description": description, "content": {media_type: {}}}
    return responses


def _parameter(name: str, place: str, kind: str) -> Json:
    schema: Json = {"type": kind} if kind == "string" else {"type": kind, "minimum": 1, "maximum": 2**31}
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _form(route: ConsoleRoute) -> Json:
    names = (FORM_TOKEN_FIELD, *route.fields)
    schema: Json = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": [FORM_TOKEN_FIELD],
    }
    return {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}
