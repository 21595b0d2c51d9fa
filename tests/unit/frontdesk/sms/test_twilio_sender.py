"""Twilio's own client at the address of the settings, and what is made of its answers."""

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from candidacy.frontdesk.sms import twilio_sender
from candidacy.frontdesk.sms.twilio_sender import TextNotSent, TwilioSender, read_retry_after
from candidacy.settings import Settings
from candidacy.texting_settings import Texting
from tests.unit.frontdesk.sms.conftest import ACCOUNT, NUMBER, SENDER

STATUS_URL = "https://texts.clinic.example/sms/twilio/status?part=1.1"


@dataclass
class Api:
    """An HTTP server that answers what it is told to."""

    url: str = ""
    status: int = 201
    answer: dict[str, Any] = field(default_factory=lambda: {"sid": "SM1"})
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)


@pytest.fixture
def api() -> Iterator[Api]:
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            api.asked.append((self.path, parse_qs(body)))
            self.send_response(api.status)
            for name, value in api.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(api.answer).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}"
    yield api
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def texting(settings: Settings, api: Api) -> Texting:
    assert settings.texting is not None
    return replace(settings.texting, api_url=api.url)


def send(texting: Texting) -> str:
    return TwilioSender.of(texting).send(to=SENDER, body="hello", status_url=STATUS_URL)


def test_a_text_is_handed_over(texting: Texting, api: Api) -> None:
    assert send(texting) == "SM1"
    path, form = api.asked[0]
    assert path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert form == {"To": [SENDER], "From": [NUMBER], "Body": ["hello"], "StatusCallback": [STATUS_URL]}


def test_a_messaging_service_sends_in_place_of_the_number(texting: Texting, api: Api) -> None:
    send(replace(texting, messaging_service="MG" + "0" * 32))
    assert api.asked[0][1]["MessagingServiceSid"] == ["MG" + "0" * 32]
    assert "From" not in api.asked[0][1]


@pytest.mark.parametrize(
    ("status", "code", "headers", "retry_after"),
    [
        (400, 21211, {}, None),
        (400, 21610, {}, None),
        (429, 20429, {"Retry-After": "7"}, timedelta(seconds=7)),
        (503, None, {"Retry-After": "soon"}, None),
    ],
)
def test_a_refusal_says_what_it_was_and_not_to_whom(
    texting: Texting, api: Api, status: int, code: int | None, headers: dict[str, str], retry_after: timedelta | None
) -> None:
    api.status, api.headers = status, headers
    api.answer = {"status": status, "code": code, "message": f"no text to {SENDER}"}
    with pytest.raises(TextNotSent) as refused:
        send(texting)
    assert (refused.value.status_code, refused.value.error_code) == (status, code)
    assert refused.value.retry_after == retry_after
    assert SENDER not in f"{refused.value}{refused.value.__cause__}"


def test_no_answer_is_a_refusal_too(texting: Texting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twilio_sender, "REQUEST_SECONDS", 1.0)
    with pytest.raises(TextNotSent) as refused:
        send(replace(texting, api_url="http://127.0.0.1:1"))
    assert refused.value.status_code is None


def test_nothing_is_logged_of_a_text(texting: Texting, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        send(texting)
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("7", timedelta(seconds=7)),
        ("99999", timedelta(minutes=10)),
    ],
)
def test_retry_after(value: str | None, expected: timedelta | None) -> None:
    assert read_retry_after(value) == expected
