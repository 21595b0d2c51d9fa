"""Nothing that anybody types or sends stands in a log, on an error page, or readable in the records."""

import logging
from pathlib import Path
from typing import Any

import pytest
import structlog

from candidacy.console.routes import ROUTES

CANARY = "Quetzalcoatl"
FIELDS = (
    "name",
    "password",
    "repeated",
    "present_password",
    "code",
    "link",
    "next",
    "full_name",
    "sign_in_name",
    "role",
    "by",
    "words",
    "tag",
    "text",
    "message_key",
)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, capfd: Any) -> Any:
    """Everything that was logged so far, by anybody."""
    caplog.set_level(logging.DEBUG)
    # The browser's own log.
    caplog.set_level(logging.WARNING, logger="httpx2")
    caplog.set_level(logging.WARNING, logger="httpx")
    with structlog.testing.capture_logs() as events:
        yield lambda: "".join([repr(events), caplog.text, *capfd.readouterr()])


def send_everywhere(browser: Any) -> list[str]:
    """Send the canary to every address, in every way; gives the pages."""
    pages = []
    for route in ROUTES:
        if route.path == "/sign-out" or route.answers == "stream":
            continue
        path = route.path.replace("{id:int}", "99").replace("{name}", CANARY).replace("{id}", CANARY)
        headers = {"User-Agent": CANARY, "X-Forwarded-For": CANARY, "Authorization": f"Bearer {CANARY}"}
        if route.method == "GET":
            pages.append(browser.get(f"{path}?{CANARY}={CANARY}&link={CANARY}&before={CANARY}", headers=headers).text)
            continue
        pages.append(browser.post(path, {**dict.fromkeys(FIELDS, CANARY), CANARY: CANARY}, headers=headers).text)
        pages.append(browser.http.post(path, content=CANARY, headers=headers).text)
    pages.append(browser.get(f"/{CANARY}").text)
    return pages


@pytest.mark.parametrize("role", [None, "administrator"])
def test_no_log_and_no_error_page_holds_it(role: str | None, browser: Any, signed_in: Any, logged: Any) -> None:
    pages = send_everywhere(browser if role is None else signed_in(role))
    assert CANARY not in logged()
    assert not [page for page in pages if "<main" in page and "field" not in page and CANARY in page]


def test_no_log_holds_what_an_unforeseen_error_says(signed_in: Any, monkeypatch: Any, logged: Any) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(CANARY)

    browser = signed_in("administrator")
    monkeypatch.setattr("candidacy.console.endpoints.staff.list_accounts", fail)
    page = browser.get("/staff")
    assert page.status_code == 500
    assert CANARY not in page.text
    said = logged()
    assert "request.failed" in said
    assert CANARY not in said


def test_no_secret_is_readable_in_the_records(hire: Any, signed_in: Any, database_url: str) -> None:
    person = hire("agent")
    browser = signed_in(person=person)
    browser.post("/sign-in", {"name": CANARY, "password": CANARY, "code": CANARY})
    file = Path(database_url.removeprefix("sqlite:///"))
    written = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    token = browser.http.cookies["candidacy-staff"]
    for secret in (CANARY, person.password, person.totp_key, token, *person.recovery_codes):
        assert secret.encode() not in written
