"""The product's assistant processes talked with by themselves, where the front desk is not to share their cores."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle

import aiohttp

from bench.side_by_side.ours import Product
from bench.side_by_side.visitors import PATIENCE_SECONDS, NoReply, Visitor
from candidacy.assistant.client import AssistantClient, AssistantUnavailable
from candidacy.machine import rasa_urls
from candidacy.machine_secrets import internal_token

CHANNEL = "web"


@dataclass
class AssistantVisitor:
    """Somebody whose messages go to an assistant process, and whose dialogue state is kept here between them."""

    client: AssistantClient
    conversation_id: str
    state: bytes | None = field(default=None, repr=False)
    turns: int = 0

    async def say(self, text: str) -> float:
        """See `Visitor.say`; nothing is stored but what the actions store."""
        self.turns += 1
        began = time.perf_counter()
        try:
            result = await self.client.turn(
                conversation_id=self.conversation_id,
                # Not a number: that would be a stored message's.
                turn_id=f"turn-{self.turns}",
                channel=CHANNEL,
                text=text,
                payload=None,
                dialogue_state=self.state,
            )
        except AssistantUnavailable as error:
            raise NoReply(f"{error}: {text}", seconds=time.perf_counter() - began) from error
        self.state = result.dialogue_state
        return time.perf_counter() - began


class Assistants:
    """The assistant processes of a running product; each visitor stays with one, so that all have as many."""

    title = "the assistants"

    def __init__(self, product: Product) -> None:
        self._product = product
        self._urls: Iterator[str] = cycle(rasa_urls(product.settings))

    def visitor(self, http: aiohttp.ClientSession) -> AbstractAsyncContextManager[Visitor]:
        """See `Assistant.visitor`."""
        return self._visitor(http)

    @asynccontextmanager
    async def _visitor(self, http: aiohttp.ClientSession) -> AsyncIterator[AssistantVisitor]:
        # Actions store what belongs to a conversation that is there.
        async with http.post(f"{self._product.url}/api/chat/sessions", json={}) as answer:
            answer.raise_for_status()
            conversation_id = (await answer.json())["conversation"]
        token = internal_token(self._product.settings)
        client = AssistantClient(base_url=next(self._urls), token=token, timeout_seconds=PATIENCE_SECONDS)
        try:
            yield AssistantVisitor(client, conversation_id)
        finally:
            await client.close()
