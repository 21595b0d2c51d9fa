"""The description says exactly what the front desk does."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.routing import Route

from candidacy.frontdesk.app import create_app
from candidacy.frontdesk.openapi import openapi_document
from candidacy.settings import Settings


@pytest.fixture
def app(database: Any, assistant: Any, texts: Any, red_flags: Any, widget: Any) -> Any:
    unlimited = Settings(
        message_max_length=200,
        address_requests_per_minute=0,
        address_sessions_per_minute=0,
        address_messages_per_minute=0,
        session_messages_per_minute=0,
    )
    return create_app(
        settings=unlimited, database=database, assistant=assistant, texts=texts, red_flags=red_flags, widget=widget
    )


def test_every_route_is_described_and_nothing_else(app: Any) -> None:
    routes = {
        (route.path, method.lower())
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or ())
        if method != "HEAD"
    }
    paths = openapi_document(message_max_length=2000)["paths"]
    assert routes == {(path, method) for path, operations in paths.items() for method in operations}


def test_the_limits_are_those_that_hold() -> None:
    schemas = openapi_document(message_max_length=321)["components"]["schemas"]
    assert schemas["TypedText"]["properties"]["text"]["maxLength"] == 321


@pytest.mark.parametrize("name", sorted(openapi_document(message_max_length=2000)["components"]["schemas"]))
def test_each_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(openapi_document(message_max_length=2000)["components"]["schemas"][name])


@pytest.mark.anyio
async def test_messages_are_as_described(visitor: httpx.AsyncClient, read_until: Any) -> None:
    await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "hello"})
    messages = await read_until(visitor, count=3)
    document = (await visitor.get("/openapi.json")).json()
    validator = Draft202012Validator({"$ref": "#/components/schemas/Messages", "components": document["components"]})
    validator.validate({"messages": messages})


@pytest.fixture
def token(app: Any) -> str:
    async def start() -> str:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
            return str((await client.post("/api/chat/sessions", json={})).json()["token"])

    return asyncio.run(start())


@pytest.fixture
def api(app: Any) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


described = schemathesis.pytest.from_fixture("api")


@described.exclude(path="/api/chat/events").exclude(method="DELETE").parametrize()
@hypothesis_settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_requests_of_every_kind_get_a_described_answer(case: Any, token: str) -> None:
    """Requests made from the description, right and wrong ones.

    Tested elsewhere are a stream, which does not end, and the end of the session, which all of them need.
    """
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}"}, excluded_checks=list(checks_that_do_not_apply(case))
    )


def checks_that_do_not_apply(case: Any) -> Iterator[Any]:
    """What the description cannot say: which buttons were offered, and that unknown parameters are passed over."""
    if isinstance(case.body, dict) and "button" in case.body:
        yield positive_data_acceptance
    if case.method == "GET" or case.path == "/api/chat/session/extend":
        yield negative_data_rejection
