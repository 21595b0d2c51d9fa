"""The conversation's side of the web chat API: what is lost is sent again, what is refused is said."""

import json
from collections.abc import Callable

import httpx
import pytest

from candidacy.chat.conversation import ChatError, Conversation, Refused

Handler = Callable[[httpx.Request], httpx.Response]
SESSION = httpx.Response(201, json={"token": "t", "conversation": "c"})


def conversation(*answers: httpx.Response | Exception) -> tuple[Conversation, list[httpx.Request]]:
    """A conversation with a front desk that gives these answers, one after the other."""
    left, requests = list(answers), []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx.Client(transport=httpx.MockTransport(handle), base_url="http://desk")
    return Conversation(http, pause_seconds=0.0), requests


def test_a_text_and_a_press_carry_the_token_and_a_client_id_each() -> None:
    talk, requests = conversation(SESSION, httpx.Response(202, json={"id": 2}), httpx.Response(202, json={"id": 4}))
    talk.begin()
    assert (talk.send(text="hello"), talk.send(button="3-1")) == (2, 4)
    bodies = [json.loads(request.content) for request in requests[1:]]
    assert [request.headers["Authorization"] for request in requests[1:]] == ["Bearer t", "Bearer t"]
    assert (bodies[0]["text"], bodies[1]["button"]) == ("hello", "3-1")
    assert bodies[0]["client_id"] != bodies[1]["client_id"]


@pytest.mark.parametrize("lost", [httpx.ReadTimeout("late"), httpx.ConnectError("gone"), httpx.Response(503, json={})])
def test_a_lost_message_is_sent_again_as_the_same_message(lost: httpx.Response | Exception) -> None:
    talk, requests = conversation(SESSION, lost, httpx.Response(202, json={"id": 2}))
    talk.begin()
    assert talk.send(text="hello") == 2
    assert requests[1].content == requests[2].content


def test_nobody_listening_is_said_at_once() -> None:
    talk, requests = conversation(httpx.ConnectError("refused"))
    with pytest.raises(ChatError, match=r"^The assistant is not running\. Start it with: make run$"):
        talk.begin()
    assert len(requests) == 1


def test_an_assistant_that_went_away_is_said() -> None:
    talk, _ = conversation(SESSION, *[httpx.ConnectError("refused")] * 3)
    talk.begin()
    with pytest.raises(ChatError, match="stopped answering"):
        talk.send(text="hello")


@pytest.mark.parametrize("status", [400, 409, 413, 429])
def test_a_refusal_gives_its_reason(status: int) -> None:
    talk, _ = conversation(SESSION, httpx.Response(status, json={"error": "stale", "message": "Too late."}))
    talk.begin()
    with pytest.raises(Refused, match=r"^Too late\.$"):
        talk.send(button="3-1")


@pytest.mark.parametrize(("status", "reason"), [(401, r"^It is over\.$"), (410, "Begin another with: make chat")])
def test_a_conversation_that_is_over_is_no_mere_refusal(status: int, reason: str) -> None:
    talk, _ = conversation(SESSION, httpx.Response(status, json={"error": "gone", "message": "It is over."}))
    talk.begin()
    with pytest.raises(ChatError, match=reason) as over:
        talk.messages_after(0)
    assert not isinstance(over.value, Refused)


def test_something_else_on_the_port_is_said() -> None:
    talk, _ = conversation(httpx.Response(200, text="<html>"))
    with pytest.raises(ChatError, match="is not the assistant's front desk"):
        talk.begin()
