"""What nobody foresaw still gets words, and leaves no visitor's words in the log."""

from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import CapturingLogger

from candidacy.frontdesk.unexpected_errors import UnexpectedErrorMiddleware
from candidacy.frontdesk.visitor_words import VisitorWords

SORRY = VisitorWords(text="Sorry.", kind="fallback", links=())


def fail(*_: Any, **__: Any) -> None:
    raise RuntimeError("my back hurts")


@pytest.mark.anyio
async def test_it_is_said_with_the_number_and_logged_without_its_words(
    visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = CapturingLogger()
    monkeypatch.setattr("candidacy.frontdesk.unexpected_errors.log", log)
    monkeypatch.setattr("candidacy.frontdesk.messages.receive", fail)
    response = await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "my back hurts"})
    assert (response.status_code, response.json()["error"]) == (500, "internal_error")
    assert "(212) 430-0312" in response.json()["message"]
    assert response.json()["kind"] == "fallback"
    (call,) = log.calls
    assert call.kwargs["reason"] == "RuntimeError"
    assert "my back hurts" not in repr(log.calls)


@pytest.mark.anyio
async def test_a_client_that_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    async def read_a_body_that_breaks_off(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise AssertionError("nobody is there to answer to")

    log = CapturingLogger()
    monkeypatch.setattr("candidacy.frontdesk.unexpected_errors.log", log)
    middleware = UnexpectedErrorMiddleware(read_a_body_that_breaks_off, words=SORRY)
    await middleware({"type": "http", "method": "POST", "path": "/", "headers": []}, receive, send)
    assert log.calls == []
