"""The description has every address, and whatever is sent to them, as whichever role, gets a described answer."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from candidacy.console.openapi import openapi_document
from candidacy.console.routes import ROUTES
from candidacy.records.staff_tables import ROLES

DOES_NOT_APPLY = [negative_data_rejection, positive_data_acceptance]
"""A page passes over what it does not know; and which texts are a password or a name, the description does not say."""


def test_every_route_is_described_and_nothing_else() -> None:
    paths = openapi_document(ROUTES)["paths"]
    described = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert described == {(route.method, route.path.replace(":int", "")) for route in ROUTES}


def test_it_is_served_to_staff(signed_in: Any) -> None:
    assert signed_in("reader").get("/openapi.json").json() == openapi_document(ROUTES)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_requests_of_every_kind_get_a_described_answer(
    role: str | None, app: Any, hire: Any, signed_in: Any, browser: Any
) -> None:
    """Requests made from the description, right and wrong ones, with the right token where there is a form.

    Left out are streams, which do not end, the end of the session, which all of them need, and files: of a name like
    ``..`` a client makes another address before it is sent.
    """
    describer = signed_in(person=hire("reader", sign_in_name="describer"))
    api = schemathesis.openapi.from_asgi("/openapi.json", app, headers={"Cookie": cookies(describer)})
    somebody = browser if role is None else signed_in(role)
    streams = [route.path for route in ROUTES if route.answers == "stream"]
    for operation in api.exclude(path=["/sign-out", "/static/{name}", *streams]).get_all_operations():
        send_many(operation.ok(), somebody)


def send_many(operation: Any, somebody: Any) -> None:
    token = somebody.form_token()

    @given(case=operation.as_strategy())
    @hypothesis_settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def send(case: Any) -> None:
        if isinstance(case.body, dict):
            case.body["form_token"] = token
        case.call_and_validate(headers={"Cookie": cookies(somebody)}, excluded_checks=DOES_NOT_APPLY)

    send()


def cookies(browser: Any) -> str:
    """The cookies of a browser as it sends them."""
    return "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
