"""What nobody foresaw still gets words, and leaves no visitor's words in the log."""

from typing import Any

import httpx
import pytest
from structlog.testing import CapturingLogger


def fail(*_: Any, **__: Any) -> None:
    raise RuntimeError("my back hurts")


@pytest.mark.anyio
async def test_it_is_said_with_the_number_and_logged_without_its_words(
    visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = CapturingLogger()
    monkeypatch.setattr("candidacy.web.unexpected_errors.log", log)
    monkeypatch.setattr("candidacy.frontdesk.messages.receive", fail)
    response = await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "my back hurts"})
    assert (response.status_code, response.json()["error"]) == (500, "internal_error")
    assert "(212) 430-0312" in response.json()["message"]
    assert response.json()["kind"] == "fallback"
    (call,) = log.calls
    assert call.kwargs["reason"] == "RuntimeError"
    assert "my back hurts" not in repr(log.calls)
