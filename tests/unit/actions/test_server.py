"""The action server: for our own Rasa only, never stopped by one slow action, and silent about conversations."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sanic import Sanic

from actions.base import ClinicAction, Events
from actions.server import create_server
from candidacy.launcher.ports import free_ports

SECRET = "what I told the clinic"
TRACKER: dict[str, Any] = {
    "sender_id": "c1",
    "slots": {"fracture": SECRET},
    "latest_message": {},
    "events": [],
    "paused": False,
    "followup_action": None,
    "active_loop": {},
    "latest_action_name": None,
}


class Answers(ClinicAction):
    action_name = "answers"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        dispatcher.utter_message(response="utter_x")
        return []


class Fails(ClinicAction):
    action_name = "fails"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        raise ValueError(tracker.get_slot("fracture"))


class Blocks(ClinicAction):
    action_name = "blocks"
    released = threading.Event()

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        self.released.wait(10)
        return []


@asynccontextmanager
async def served() -> AsyncIterator[httpx.AsyncClient]:
    Sanic.test_mode = True
    server = create_server(actions=[kind(None) for kind in (Answers, Fails, Blocks)], token="ours")  # type: ignore[arg-type]
    try:
        [port] = free_ports(1)
        running = await server.create_server(host="127.0.0.1", port=port, return_asyncio_server=True, access_log=False)
        await running.startup()
        await running.start_serving()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            yield client
        running.close()
        await running.wait_closed()
    finally:
        Sanic._app_registry.clear()


async def call(client: httpx.AsyncClient, action: str, token: str = "ours") -> httpx.Response:
    body = {"next_action": action, "sender_id": "c1", "tracker": TRACKER, "version": "3.6.21"}
    return await client.post("/webhook", json=body, headers={"X-Candidacy-Token": token})


def run(action: str, token: str = "ours") -> httpx.Response:
    async def go() -> httpx.Response:
        async with served() as client:
            return await call(client, action, token)

    return asyncio.run(go())


def test_an_action_runs() -> None:
    assert run("answers").json()["responses"][0]["response"] == "utter_x"


@pytest.mark.parametrize(("action", "token", "status"), [("answers", "guess", 403), ("unknown", "ours", 404)])
def test_who_and_what_is_refused(action: str, token: str, status: int) -> None:
    assert run(action, token).status_code == status


def test_a_failing_action_says_nothing_of_the_conversation(capfd: pytest.CaptureFixture[str]) -> None:
    answer = run("fails")
    assert answer.status_code == 500
    assert SECRET not in answer.text
    captured = capfd.readouterr()
    assert "ValueError" in captured.out + captured.err
    assert SECRET not in captured.out + captured.err


def test_a_blocking_action_stops_nobody_else() -> None:
    async def go() -> tuple[int, int]:
        async with served() as client:
            Blocks.released.clear()
            blocked = asyncio.create_task(call(client, "blocks"))
            await asyncio.sleep(0.1)
            meanwhile = await asyncio.wait_for(call(client, "answers"), timeout=5)
            Blocks.released.set()
            return meanwhile.status_code, (await blocked).status_code

    assert asyncio.run(go()) == (200, 200)
