"""What nobody foresaw is answered, and its places are told without its words."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import CapturingLogger

from candidacy.web.unexpected_errors import UnexpectedErrorMiddleware, where


def fail() -> None:
    raise RuntimeError("my back hurts")


def test_where_names_the_places_and_not_the_words() -> None:
    try:
        fail()
    except RuntimeError as error:
        places = where(error)
    assert places[-1].endswith(" fail")
    assert "hurts" not in "".join(places)


@pytest.mark.anyio
async def test_a_client_that_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    async def read_a_body_that_breaks_off(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise AssertionError("nobody is there to answer to")

    log = CapturingLogger()
    monkeypatch.setattr("candidacy.web.unexpected_errors.log", log)
    middleware = UnexpectedErrorMiddleware(
        read_a_body_that_breaks_off, answer=lambda: PlainTextResponse("Sorry.", status_code=500)
    )
    await middleware({"type": "http", "method": "POST", "path": "/", "headers": []}, receive, send)
    assert log.calls == []
