"""A session ends by itself, at a word, and when its account is closed; and the page can ask how long it lasts."""

from collections.abc import Callable
from typing import Any

import pytest

from candidacy.console.access.roles import Permission
from candidacy.console.endpoints.session import session_left
from candidacy.console.route import ConsoleRoute
from candidacy.console.routes import ROUTES


def test_it_ends_when_nothing_was_done_for_a_quarter_of_an_hour(signed_in: Callable[..., Any], clock: Any) -> None:
    browser = signed_in("agent")
    clock.advance(minutes=14)
    assert browser.get("/account").status_code == 200
    clock.advance(minutes=14)
    assert browser.get("/account").status_code == 200
    clock.advance(minutes=15)
    assert browser.get("/account").headers["Location"].startswith("/sign-in")
    assert "candidacy-staff" not in browser.http.cookies


def test_it_ends_after_twelve_hours_whatever_is_done(signed_in: Callable[..., Any], clock: Any) -> None:
    browser = signed_in("agent")
    clock.advance(seconds=-30)
    for _ in range(71):
        clock.advance(minutes=10)
        assert browser.get("/account").status_code == 200
    clock.advance(minutes=10)
    assert browser.get("/account").status_code == 303


def test_the_page_asks_without_prolonging_it(signed_in: Callable[..., Any], clock: Any) -> None:
    browser = signed_in("agent")
    clock.advance(seconds=-30)
    assert browser.get("/session").json() == {"seconds": 900}
    clock.advance(minutes=14)
    assert browser.get("/session").json() == {"seconds": 60}
    assert browser.post("/session").json() == {"seconds": 900}
    clock.advance(minutes=14)
    assert browser.get("/session").json() == {"seconds": 60}
    clock.advance(minutes=1)
    assert browser.get("/session").status_code == 401
    assert browser.post("/session").status_code == 401


@pytest.mark.parametrize("act", ["disable", "reset"])
def test_it_ends_at_once_when_the_account_is_closed(signed_in: Callable[..., Any], hire: Any, act: str) -> None:
    admin, agent = signed_in("administrator"), hire("agent")
    browser = signed_in(person=agent)
    assert browser.get("/account").status_code == 200
    admin.post(f"/staff/{agent.account.id}/{act}")
    assert browser.get("/account").status_code == 303


def test_another_role_holds_at_once(signed_in: Callable[..., Any], hire: Any) -> None:
    admin, agent = signed_in("administrator"), hire("agent")
    browser = signed_in(person=agent)
    assert browser.get("/audit").status_code == 403
    admin.post(f"/staff/{agent.account.id}/role", {"role": "administrator"})
    assert browser.get("/audit").status_code == 200


def test_a_token_that_opens_nothing_is_forgotten(new_browser: Any) -> None:
    browser = new_browser()
    browser.http.cookies.set("candidacy-staff", "guess")
    response = browser.get("/account")
    assert response.status_code == 303
    assert response.headers["Set-Cookie"].startswith('candidacy-staff=""; ')
    assert "Max-Age=0" in response.headers["Set-Cookie"]


def test_what_goes_on_answering_can_ask_whether_it_still_lasts(
    make_app: Any, signed_in: Callable[..., Any], hire: Any, new_browser: Any, clock: Any
) -> None:
    seen: list[bool] = []

    async def stream(request: Any) -> Any:
        seen.append(await request.is_still_open())
        admin.post(f"/staff/{agent.account.id}/{act}")
        seen.append(await request.is_still_open())
        return await session_left(request)

    route = ConsoleRoute("GET", "/stream", stream, Permission.ANSWER, keeps_session=False)
    app = make_app(routes=[*ROUTES, route])
    admin, agent, act = signed_in("administrator"), hire("agent"), "disable"
    browser = new_browser(app)
    browser.http.cookies = signed_in(person=agent).http.cookies
    browser.get("/stream")
    assert seen == [True, False]
