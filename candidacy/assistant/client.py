"""The front desk's way to Rasa: one call a turn, over the bridge."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from candidacy.assistant.reply import Reply

TURN_PATH = "/webhooks/bridge/turn"
READY_PATH = "/webhooks/bridge/ready"
TOKEN_HEADER = "X-Candidacy-Token"  # the name of a header  # nosec B105


class AssistantUnavailable(Exception):
    """Rasa gave no whole answer in time; nothing of the turn was kept on its side."""


@dataclass(frozen=True)
class TurnResult:
    """What the assistant says to one message, and what it made of it."""

    replies: tuple[Reply, ...]
    understanding: Mapping[str, Any]


class AssistantClient:
    """Calls the bridge that runs inside Rasa."""

    def __init__(self, *, base_url: str, token: str, timeout_seconds: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url, headers={TOKEN_HEADER: token}, timeout=timeout_seconds, trust_env=False
        )

    async def turn(
        self, *, conversation_id: str, turn_id: str, channel: str, text: str | None, payload: str | None
    ) -> TurnResult:
        """Have Rasa answer one message; the same turn id again gives the same answer, and happens once.

        Raises:
            AssistantUnavailable: Rasa is down, late, or one of its actions failed.
        """
        body = {
            "conversation": conversation_id,
            "turn": turn_id,
            "channel": channel,
            "text": text,
            "payload": payload,
        }
        try:
            response = await self._http.post(TURN_PATH, json=body)
            response.raise_for_status()
            data = response.json()
            replies = tuple(Reply.from_dict(reply) for reply in data["replies"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise AssistantUnavailable(type(error).__name__) from error
        return TurnResult(replies=replies, understanding=data.get("understanding") or {})

    async def ready(self) -> bool:
        """Whether Rasa has a model loaded and its actions answer."""
        try:
            response = await self._http.get(READY_PATH)
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()
