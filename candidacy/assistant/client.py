"""The front desk's way to one process of Rasa: one call a turn, over the bridge."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

from candidacy.assistant.reply import Reply

TURN_PATH = "/webhooks/bridge/turn"
READY_PATH = "/webhooks/bridge/ready"
TOKEN_HEADER = "X-Candidacy-Token"  # the name of a header  # nosec B105

READY_TIMEOUT_SECONDS = 2.0
"""How long a process may take to say that it is ready."""

IDLE_SECONDS = 3.0
"""How long an idle connection is kept: less than the 5 s after which Rasa's server closes it, maybe under a turn."""

LEAST_SECONDS = 0.001
"""What is waited where the time is over, since no limit at all is written as 0."""


class AssistantUnavailable(Exception):
    """Rasa gave no whole answer in time; nothing of the turn was kept on its side."""


class AssistantNotReached(AssistantUnavailable):
    """Nobody took the call, so nothing of the turn was begun."""


@dataclass(frozen=True)
class TurnResult:
    """What the assistant says to one message, and what it made of it."""

    replies: tuple[Reply, ...]
    understanding: Mapping[str, Any]
    dialogue_state: bytes | None = field(default=None, repr=False)
    """What the next turn goes on from, sealed; None where the assistant has no part in it, and the one before stays."""


class AssistantClient:
    """Calls the bridge that runs inside Rasa.

    Args:
        base_url: where it listens.
        token: what it knows us by.
        timeout_seconds: how long its answer is waited for.
    """

    def __init__(self, *, base_url: str, token: str, timeout_seconds: float) -> None:
        self._base_url = base_url
        self._token = token
        self._timeout_seconds = timeout_seconds
        self._connections: aiohttp.ClientSession | None = None

    async def turn(
        self,
        *,
        conversation_id: str,
        turn_id: str,
        channel: str,
        text: str | None,
        payload: str | None,
        dialogue_state: bytes | None,
        spent_seconds: float = 0.0,
    ) -> TurnResult:
        """Have Rasa answer one message, going on from a dialogue state.

        The same turn may be put again from the same state. Its actions store once what they store; what a request for a
        consultation or for a person is told then is that there is one already.

        Args:
            conversation_id: the conversation.
            turn_id: the turn.
            channel: where the visitor is.
            text: what was said.
            payload: what a pressed button carries.
            dialogue_state: what the turn before left, sealed; None before the first.
            spent_seconds: how much of the turn's time is over.

        Raises:
            AssistantUnavailable: Rasa is down, late, or one of its actions failed.
        """
        body = {
            "conversation": conversation_id,
            "turn": turn_id,
            "channel": channel,
            "text": text,
            "payload": payload,
            "state": None if dialogue_state is None else dialogue_state.decode("ascii"),
            "spent_seconds": spent_seconds,
        }
        try:
            data = json.loads(await self._post(TURN_PATH, body, seconds=self._timeout_seconds - spent_seconds))
            result = TurnResult(
                replies=tuple(Reply.from_dict(reply) for reply in data["replies"]),
                understanding=data["understanding"],
                dialogue_state=data["state"].encode("ascii"),
            )
        except aiohttp.ClientConnectorError as error:
            raise AssistantNotReached(type(error).__name__) from error
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise AssistantUnavailable(type(error).__name__) from error
        return result

    async def ready(self) -> bool:
        """Whether Rasa has a model loaded and its actions answer."""
        timeout = aiohttp.ClientTimeout(total=READY_TIMEOUT_SECONDS)
        try:
            async with self._session().get(
                self._base_url + READY_PATH, timeout=timeout, allow_redirects=False
            ) as response:
                return bool(response.status == HTTPStatus.OK)
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def close(self) -> None:
        """Give the connections back."""
        if self._connections is not None:
            await self._connections.close()

    async def _post(self, path: str, body: Mapping[str, Any], *, seconds: float) -> bytes:
        timeout = aiohttp.ClientTimeout(total=max(seconds, LEAST_SECONDS))
        async with self._session().post(
            self._base_url + path, json=body, timeout=timeout, allow_redirects=False
        ) as response:
            answer = bytes(await response.read())
        if response.status != HTTPStatus.OK:
            # The bridge says what went wrong, and nothing of what was said.
            raise AssistantUnavailable(f"status {response.status}: {answer.decode(errors='replace')}")
        return answer

    def _session(self) -> aiohttp.ClientSession:
        # Made at the first call, since it belongs to the event loop that runs then.
        if self._connections is None:
            self._connections = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={TOKEN_HEADER: self._token},
            )
        return self._connections
