"""The way to the actions: a call that fails fails the turn, soon, and without a word of the conversation."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiohttp import web

from candidacy.assistant.action_endpoint import ActionEndpoint, ActionUnavailable, bounded_call
from candidacy.assistant.reply import Reply
from candidacy.assistant.running_turn import RunningTurn, running
from candidacy.launcher.ports import free_ports

CALL = {"next_action": "a", "tracker": {"slots": {}, "events": []}}

Handler = Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]


async def answering(request: web.Request) -> web.Response:
    return web.json_response({"events": [], "responses": [], "token": request.headers["X-Candidacy-Token"]})


async def failing(request: web.Request) -> web.Response:
    return web.json_response({"error": "boom", "tracker": "my back hurts"}, status=500)


async def hanging(request: web.Request) -> web.Response:
    await asyncio.sleep(30)
    return web.json_response({})


async def rubbish(request: web.Request) -> web.Response:
    return web.Response(text="<html>", content_type="application/json")


def call(handler: Handler | None, *, times: int = 1) -> tuple[RunningTurn, list[Any]]:
    """Call an action server that behaves so (or none), as Rasa does inside a turn."""

    async def run() -> tuple[RunningTurn, list[Any]]:
        [port] = free_ports(1)
        app = web.Application()
        if handler is not None:
            app.router.add_post("/webhook", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        if handler is not None:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        endpoint = ActionEndpoint(url=f"http://127.0.0.1:{port}/webhook", token="secret", timeout_seconds=0.3)
        turn = RunningTurn("c", "1", time.monotonic() + 60, [Reply(text="x", kind="notice")])
        results: list[Any] = []
        with running(turn):
            for _ in range(times):
                try:
                    results.append(await endpoint.request("post", json=CALL, timeout=300))
                except ActionUnavailable as error:
                    results.append(error)
        await endpoint.close()
        await runner.cleanup()
        return turn, results

    return asyncio.run(run())


def test_an_answer_is_handed_on_with_our_secret_shown() -> None:
    turn, results = call(answering)
    assert results[0]["token"] == "secret"
    assert turn.problem() is None


@pytest.mark.parametrize("handler", [failing, hanging, rubbish, None])
def test_a_failed_call_fails_the_turn(handler: Handler | None) -> None:
    turn, results = call(handler)
    assert isinstance(results[0], ActionUnavailable)
    assert turn.problem() is not None


def test_after_one_failure_no_other_action_is_waited_for() -> None:
    calls = 0

    async def counting(request: web.Request) -> web.Response:
        nonlocal calls
        calls += 1
        return await failing(request)

    call(counting, times=3)
    assert calls == 1


def test_the_failure_holds_nothing_of_the_conversation() -> None:
    _, results = call(failing)
    error = results[0]
    assert "back" not in f"{error} {error.__cause__} {error.__context__}"


USER = {"event": "user", "text": "Hello", "message_id": "7"}


@pytest.mark.parametrize(
    ("events", "sent"),
    [
        ([], []),
        ([{"event": "slot"}], [{"event": "slot"}]),
        ([{"event": "slot"}, USER], [USER]),
        ([USER, {"event": "action"}, USER, {"event": "slot"}], [USER, {"event": "slot"}]),
        ([{**USER, "parse_data": {"text": "Hello"}}], [USER]),
    ],
)
def test_actions_are_sent_what_came_since_the_last_message(events: list[Any], sent: list[Any]) -> None:
    call = {"next_action": "a", "tracker": {"slots": {"asked": 1}, "events": events}}
    assert bounded_call(call) == {"next_action": "a", "tracker": {"slots": {"asked": 1}, "events": sent}}
