"""The endpoint of the stream: where it goes on, and what it refuses."""

import httpx
import pytest

from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.events import read_signals, resume_position


@pytest.mark.parametrize(
    ("last_event_id", "after", "position"), [(None, None, 0), (None, "3", 3), ("5", None, 5), ("5", "3", 5)]
)
def test_resume_position(last_event_id: str | None, after: str | None, position: int) -> None:
    assert resume_position(last_event_id=last_event_id, after=after) == position


@pytest.mark.parametrize(("last_event_id", "after"), [("x", None), ("5", "x"), ("", None)])
def test_what_is_no_id_is_refused(last_event_id: str | None, after: str | None) -> None:
    with pytest.raises(ApiError):
        resume_position(last_event_id=last_event_id, after=after)


@pytest.mark.parametrize(("value", "asked"), [(None, False), ("false", False), ("true", True)])
def test_signals_are_sent_to_who_asks_for_them(value: str | None, asked: bool) -> None:
    assert read_signals(value) is asked


@pytest.mark.parametrize("value", ["", "1", "yes"])
def test_another_wish_for_signals_is_refused(value: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_signals(value)
    assert refusal.value.error == "invalid_signals"


@pytest.mark.anyio
async def test_head_answers_without_a_stream(visitor: httpx.AsyncClient) -> None:
    response = await visitor.head("/api/chat/events")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/event-stream")


@pytest.mark.anyio
async def test_a_wrong_last_event_id_is_refused(visitor: httpx.AsyncClient) -> None:
    response = await visitor.get("/api/chat/events", headers={"Last-Event-ID": "yesterday"})
    assert (response.status_code, response.json()["error"]) == (400, "invalid_position")
