"""The way from Rasa to its custom actions: kept-alive, authenticated, and never slower than a turn may be.

Rasa's own endpoint waits for 300 seconds and opens a connection a call; and when a call fails, Rasa logs the
conversation and goes on as if the action had succeeded. Here a failed call fails the whole turn.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
from rasa.utils.endpoints import EndpointConfig

from candidacy.assistant.client import TOKEN_HEADER
from candidacy.assistant.running_turn import current_turn

USER = "user"
PARSE_DATA = "parse_data"


class ActionUnavailable(Exception):
    """A custom action gave no answer; the message never holds the conversation."""


class ActionEndpoint(EndpointConfig):  # type: ignore[misc]
    """Calls the action server."""

    def __init__(self, *, url: str, token: str, timeout_seconds: float) -> None:
        super().__init__(url, enable_selective_domain=True)
        self._headers = {TOKEN_HEADER: token}
        self._timeout_seconds = timeout_seconds
        self._connections: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", *, json: Any = None, **_: Any) -> Any:
        """Run one action.

        Raises:
            ActionUnavailable: the action server is down, late or answers with an error, or an earlier action
                of the same turn already failed. The turn is marked as failed.
        """
        turn = current_turn()
        if turn is not None and turn.failure is not None:
            raise ActionUnavailable(turn.failure)
        try:
            return await self._post(bounded_call(json), self._time_left())
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            # Without its cause: Rasa logs the whole chain, and an SDK error's body holds the conversation.
            raise self._failed(type(error).__name__) from None

    async def ready(self) -> bool:
        """Whether the action server answers."""
        try:
            async with self._session().get(f"{self._base_url()}/health", timeout=_timeout(1.0)) as response:
                return bool(response.status == 200)
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def close(self) -> None:
        """Give the connections back."""
        if self._connections is not None:
            await self._connections.close()

    async def _post(self, body: Any, timeout_seconds: float) -> Any:
        async with self._session().post(self.url, json=body, timeout=_timeout(timeout_seconds)) as response:
            if response.status >= 400:
                raise self._failed(f"status {response.status}")
            return await response.json()

    def _time_left(self) -> float:
        turn = current_turn()
        if turn is None:
            return self._timeout_seconds
        if turn.remaining_seconds <= 0:
            raise self._failed("no time left")
        return min(self._timeout_seconds, turn.remaining_seconds)

    def _failed(self, reason: str) -> ActionUnavailable:
        turn = current_turn()
        if turn is not None:
            turn.fail(f"custom action: {reason}")
        return ActionUnavailable(reason)

    def _base_url(self) -> str:
        return str(self.url).rsplit("/", 1)[0]

    def _session(self) -> aiohttp.ClientSession:
        if self._connections is None:
            self._connections = aiohttp.ClientSession(headers=self._headers)
        return self._connections


def bounded_call(call: Mapping[str, Any]) -> dict[str, Any]:
    """The call with the events since the visitor's last message, and without what it has twice.

    Our actions look at no others, and how the message was understood stands in `latest_message`.
    """
    tracker = call["tracker"]
    events = tracker["events"]
    begins = max((place for place, event in enumerate(events) if event["event"] == USER), default=0)
    bounded = [{key: value for key, value in event.items() if key != PARSE_DATA} for event in events[begins:]]
    return {**call, "tracker": {**tracker, "events": bounded}}


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds)
