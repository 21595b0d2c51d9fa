"""What stands before every endpoint and after it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from structlog.testing import CapturingLogger

from candidacy.console.access.roles import Permission
from candidacy.console.route import ConsoleRoute
from candidacy.console.routes import ROUTES
from candidacy.console.staff_request import StaffRequest
from candidacy.records import engine
from candidacy.records.database import Database

KEPT_SECRET = ("candidacy-form", "a secret of this browser")


async def forgetful(request: StaffRequest) -> Response:
    """Does not enter in the audit what it did."""
    return PlainTextResponse("a transcript")


async def declining(request: StaffRequest) -> Response:
    """Does nothing, and says so."""
    return PlainTextResponse("try again", status_code=422)


async def changing_half(request: StaffRequest) -> Response:
    """Fails after a change."""

    def change(session: Any) -> None:
        raise ValueError("after all")

    await request.change(request.entry(), change)
    return PlainTextResponse("done")


def with_route(make_app: Callable[..., Starlette], endpoint: Any) -> Starlette:
    route = ConsoleRoute("GET", "/test", endpoint, Permission.KEEP_OWN_ACCOUNT, audit="test.view")
    return make_app(routes=[*ROUTES, route])


@pytest.fixture
def at(make_app: Callable[..., Starlette], signed_in: Any, new_browser: Any) -> Callable[[Any], Any]:
    """A signed-in browser of a console that has one more endpoint, at /test."""

    def browse(endpoint: Any) -> Any:
        browser = new_browser(with_route(make_app, endpoint))
        browser.http.cookies = signed_in("agent").http.cookies
        return browser

    return browse


def test_what_is_to_be_audited_and_is_not_is_not_shown(at: Callable[[Any], Any], monkeypatch: Any) -> None:
    log = CapturingLogger()
    monkeypatch.setattr("candidacy.web.unexpected_errors.log", log)
    response = at(forgetful).get("/test")
    assert response.status_code == 500
    assert "transcript" not in response.text
    assert log.calls[0].kwargs["reason"] == "EntryMissing"


def test_what_did_not_happen_needs_no_entry(at: Callable[[Any], Any], audit: Any) -> None:
    assert at(declining).get("/test").status_code == 422
    assert [entry.action for entry in audit()] == ["staff.sign_in"]


def test_a_change_that_fails_leaves_no_entry(at: Callable[[Any], Any], audit: Any) -> None:
    assert at(changing_half).get("/test").status_code == 500
    assert [entry.action for entry in audit()] == ["staff.sign_in"]


@pytest.mark.parametrize("token", [None, "", "0" * 64, "ü"])
def test_a_form_without_its_token_changes_nothing(signed_in: Any, audit: Any, token: str | None) -> None:
    browser = signed_in("administrator")
    fields = {"full_name": "Eve", "sign_in_name": "eve", "role": "administrator"}
    response = browser.http.post("/staff", data=fields if token is None else {**fields, "form_token": token})
    assert response.status_code == 403
    assert "This page was open for too long" in response.text
    assert "eve" not in browser.get("/staff").text
    assert [entry.action for entry in audit()] == ["staff.sign_in"]


def test_a_token_of_another_session_does_not_do(signed_in: Any) -> None:
    other, browser = signed_in("agent"), signed_in("administrator")
    response = browser.http.post("/staff", data={"form_token": other.form_token()})
    assert response.status_code == 403


def test_signing_in_needs_a_token_too(hire: Any, browser: Any) -> None:
    proof = hire("agent").proof()
    assert browser.http.post("/sign-in", data=proof).status_code == 403
    browser.get("/sign-in")
    assert browser.http.post("/sign-in", data=proof).status_code == 403
    assert browser.post("/sign-in", proof).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=str,
)
def test_a_form_of_another_site_is_refused_even_with_its_token(signed_in: Any, headers: dict[str, str]) -> None:
    browser = signed_in("administrator")
    response = browser.post("/sign-out", headers=headers)
    assert response.status_code == 403
    assert "This came from another site" in response.text
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1:8001"}], ids=str)
def test_a_form_of_our_own_is_taken(signed_in: Any, headers: dict[str, str]) -> None:
    assert signed_in("agent").post("/sign-out", headers=headers).status_code == 303


def test_too_much_at_once_is_refused(signed_in: Any) -> None:
    browser = signed_in("administrator")
    assert browser.post("/staff", {"full_name": "x" * 70_000}).status_code == 413
    assert browser.post("/staff", {f"field{number}": "x" for number in range(200)}).status_code == 413
    assert browser.http.post("/staff", files={"file": b"x"}).status_code == 413


@pytest.mark.parametrize("path", ["/audit?subject=%00", "/sign-in?next=%00"])
def test_an_address_with_a_null_character_is_refused(signed_in: Any, path: str) -> None:
    assert signed_in("administrator").get(path).status_code == 400


def test_a_form_with_a_null_character_is_refused(signed_in: Any) -> None:
    assert signed_in("administrator").post("/staff", {"full_name": "A\0B"}).status_code == 400


def test_while_the_database_is_away_it_is_said_and_nobody_is_signed_out(
    make_app: Any, signed_in: Any, new_browser: Any, database_url: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MILLISECONDS", 50)
    browser = new_browser(make_app(database=Database(database_url)))
    browser.http.cookies = signed_in("administrator").http.cookies
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        response = browser.get("/audit")
        other.execute("ROLLBACK")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "The database cannot be reached" in response.text
    assert browser.get("/audit").status_code == 200


def test_files_and_life_are_told_without_a_database(make_app: Any, new_browser: Any, tmp_path: Any) -> None:
    browser = new_browser(make_app(database=Database(f"sqlite:///{tmp_path}/empty.db")))
    assert browser.get("/static/console.css").status_code == 200
    assert browser.get("/healthz").json() == {"status": "alive"}
    assert not browser.http.cookies
