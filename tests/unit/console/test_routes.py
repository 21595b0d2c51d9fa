"""Route by role: who is let in where, against a table that people read; and nothing has an address but by it."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from candidacy.console.access.roles import PERMISSIONS
from candidacy.console.routes import ROUTES
from candidacy.console.staff_request import StaffRequest
from candidacy.records.staff_tables import ROLES

with (Path(__file__).parent / "route_access.tsv").open(encoding="utf-8") as file:
    ACCESS = {row["route"]: row for row in csv.DictReader(file, delimiter="\t")}

NOBODY = "nobody"
LET_IN = "let in"


async def let_in(request: StaffRequest) -> Response:
    """Stands in for every endpoint."""
    if request.route.audit:
        await request.note(request.entry())
    return PlainTextResponse(LET_IN)


@pytest.fixture
def guards_alone(make_app: Callable[..., Starlette]) -> Starlette:
    """The console whose endpoints all do the same, so that what is seen is the guard's doing."""
    signing_in = ("POST", "/sign-in")
    return make_app(
        routes=[
            route if (route.method, route.path) == signing_in else replace(route, endpoint=let_in) for route in ROUTES
        ]
    )


def address(path: str) -> str:
    """An address of a route."""
    return re.sub(r"{\w+(:int)?}", "1", path)


def test_the_table_has_every_route_and_no_other() -> None:
    assert list(ACCESS) == [str(route) for route in ROUTES]


def test_every_role_has_its_permissions() -> None:
    assert set(PERMISSIONS) == {None, *ROLES}


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_each_role_is_let_in_where_the_table_says(
    role: str, guards_alone: Starlette, new_browser: Any, signed_in: Any, audit: Any
) -> None:
    browser = new_browser(guards_alone)
    if role != NOBODY:
        browser.http.cookies = signed_in(role).http.cookies
    else:
        browser.http.cookies.set("candidacy-form", "a secret of this browser")
    seen = {}
    for route in ROUTES:
        if str(route) in ("POST /sign-in",):
            # Open to everybody, and the one endpoint that is itself: asked by everybody who signs in.
            seen[str(route)] = "yes"
            continue
        before = len(audit())
        send = browser.get if route.method == "GET" else browser.post
        response = send(address(route.path))
        seen[str(route)] = "yes" if response.text == LET_IN else "no"
        if seen[str(route)] == "yes":
            continue
        if role == NOBODY:
            assert response.status_code in (303, 401)
            assert len(audit()) == before
        else:
            assert response.status_code == 403
            refusal = audit()[-1]
            assert (refusal.outcome, refusal.detail) == ("refused", {"route": str(route), "role": role})
    assert seen == {name: row[role] for name, row in ACCESS.items()}


def test_the_app_has_no_address_but_these(app: Starlette) -> None:
    served = [
        (next(iter(route.methods - {"HEAD"})), route.path)
        for route in app.routes
        if isinstance(route, Route) and route.methods
    ]
    assert served == [(route.method, route.path) for route in ROUTES]
    assert len(app.routes) == len(ROUTES)


@pytest.mark.parametrize("path", ["/docs", "/staff/", "/staff/1", "/static/", "/static/../app.py", "/metrics"])
def test_elsewhere_there_is_nothing(signed_in: Any, path: str) -> None:
    assert signed_in("administrator").get(path).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/staff"), ("PUT", "/"), ("POST", "/audit"), ("GET", "/sign-out")]
)
def test_another_method_is_not_taken(signed_in: Any, method: str, path: str) -> None:
    response = signed_in("administrator").http.request(method, path)
    assert response.status_code == 405
    assert "Allow" in response.headers
