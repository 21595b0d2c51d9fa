"""Headers and cookies, on plain HTTP of this machine and behind TLS."""

from typing import Any

import pytest

from candidacy.settings import Settings

PUBLIC = "https://console.clinic.example"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/enrol?link=x", "/nowhere", "/static/console.css", "/healthz"])
def test_every_response_is_guarded(browser: Any, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("no-cache" if "static" in path else "no-store")
    assert "Strict-Transport-Security" not in headers


def test_the_cookie_is_out_of_reach(hire: Any, browser: Any) -> None:
    response = browser.post("/sign-in", hire("agent").proof())
    (cookie,) = response.headers.get_list("Set-Cookie")
    name, *attributes = [part.strip().lower() for part in cookie.split(";")]
    assert name.startswith("candidacy-staff=")
    assert set(attributes) == {"httponly", "samesite=lax", "path=/"}


def test_behind_tls_cookies_are_of_this_host_alone(hire: Any, make_app: Any, new_browser: Any) -> None:
    settings = Settings(console_public_url=PUBLIC)
    browser = new_browser(make_app(settings=settings), base_url=PUBLIC)
    form_cookie = browser.get("/sign-in").headers["Set-Cookie"].lower()
    assert form_cookie.startswith("__host-candidacy-form=")
    response = browser.post("/sign-in", hire("agent").proof(), headers={"Origin": PUBLIC})
    cookie = response.headers["Set-Cookie"].lower()
    assert cookie.startswith("__host-candidacy-staff=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"httponly", "samesite=lax", "path=/", "secure"}
    assert "max-age" in response.headers["Strict-Transport-Security"]
    assert browser.get("/account").status_code == 200


def test_behind_tls_a_cookie_of_plain_http_opens_nothing(signed_in: Any, make_app: Any, new_browser: Any) -> None:
    plain = signed_in("agent")
    browser = new_browser(make_app(settings=Settings(console_public_url=PUBLIC)), base_url=PUBLIC)
    browser.http.cookies.set("candidacy-staff", plain.http.cookies["candidacy-staff"])
    assert browser.get("/account").status_code == 303


def test_the_address_that_counts_is_the_one_a_trusted_proxy_names(
    make_app: Any, hire: Any, new_browser: Any, audit: Any
) -> None:
    hire("agent")
    settings = Settings(console_public_url=PUBLIC, trusted_proxies="127.0.0.1")
    app = make_app(settings=settings)
    browser = new_browser(app, base_url=PUBLIC)
    browser.http._transport.client = ("127.0.0.1", 5000)
    browser.post("/sign-in", {"name": "x"}, headers={"X-Forwarded-For": "203.0.113.9"})
    assert audit()[-1].detail == {"from": "203.0.113.9"}
