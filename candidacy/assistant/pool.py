"""Several processes of the assistant as one: each turn goes to the least busy of those that answer.

Any process can take any turn, since what it needs of the conversation comes with it. A turn that one process did not
answer is put to another within the turn's time; of what they answer one thing is taken, and stored once.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from candidacy.assistant.client import AssistantNotReached, AssistantUnavailable, TurnResult

MOST_FAILURES = 2
"""How many processes may fail a turn that they had begun: what two could not do, a third will hardly."""

PROBE_SECONDS = 0.5
"""How often a process that failed is asked whether it is ready again."""

log = structlog.get_logger(__name__)


class AssistantProcess(Protocol):
    """One process; see `candidacy.assistant.client.AssistantClient`."""

    async def turn(
        self,
        *,
        conversation_id: str,
        turn_id: str,
        channel: str,
        text: str | None,
        payload: str | None,
        dialogue_state: bytes | None,
        spent_seconds: float,
    ) -> TurnResult:
        """Answer one message; raises AssistantUnavailable."""

    async def ready(self) -> bool:
        """Whether it can answer."""

    async def close(self) -> None:
        """Give its connections back."""


@dataclass(eq=False)
class _Member:
    """A process, and what is known of it here."""

    process: AssistantProcess
    under_way: int = 0
    """How many turns it has now."""
    last_call: int = 0
    """The number of the call that it was given last."""
    probing: "asyncio.Task[None] | None" = None
    """Runs while the process is passed over: from a turn it did not answer until it says that it is ready."""


class AssistantPool:
    """The assistant, for the front desk.

    Args:
        processes: at least one.
        turn_timeout_seconds: how long all of them together may take for one turn.
        probe_seconds: how often one that failed is asked again.
        clock: the present, in seconds.
    """

    def __init__(
        self,
        processes: Sequence[AssistantProcess],
        *,
        turn_timeout_seconds: float,
        probe_seconds: float = PROBE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._members = [_Member(process) for process in processes]
        self._turn_timeout_seconds = turn_timeout_seconds
        self._probe_seconds = probe_seconds
        self._clock = clock
        self._calls = 0

    @property
    def processes(self) -> int:
        """How many there are."""
        return len(self._members)

    async def answering(self) -> int:
        """How many can answer a turn now; asks each."""
        return sum(await asyncio.gather(*(member.process.ready() for member in self._members)))

    async def turn(
        self,
        *,
        conversation_id: str,
        turn_id: str,
        channel: str,
        text: str | None,
        payload: str | None,
        dialogue_state: bytes | None,
    ) -> TurnResult:
        """Have a process answer one message, and another one if that fails.

        Raises:
            AssistantUnavailable: none of them could in time.
        """
        turn = {
            "conversation_id": conversation_id,
            "turn_id": turn_id,
            "channel": channel,
            "text": text,
            "payload": payload,
            "dialogue_state": dialogue_state,
        }
        began = self._clock()
        untried, failures = list(self._members), 0
        while True:
            member = min(untried, key=_by_preference)
            untried.remove(member)
            spent_seconds = self._clock() - began
            try:
                return await self._ask(member, turn, spent_seconds)
            except AssistantUnavailable as error:
                failures += not isinstance(error, AssistantNotReached)
                late = self._clock() - began >= self._turn_timeout_seconds
                if late or not untried or failures == MOST_FAILURES:
                    raise

    async def close(self) -> None:
        """Ask no more, and give the connections back."""
        probing = [member.probing for member in self._members if member.probing is not None]
        for task in probing:
            task.cancel()
        await asyncio.gather(*probing, return_exceptions=True)
        for member in self._members:
            await member.process.close()

    async def _ask(self, member: _Member, turn: Mapping[str, Any], spent_seconds: float) -> TurnResult:
        """The process's answer. Whoever gives none, also when nobody waits for it any more, is passed over."""
        self._calls += 1
        member.last_call = self._calls
        member.under_way += 1
        answered = False
        try:
            result = await member.process.turn(**turn, spent_seconds=spent_seconds)
            answered = True
        finally:
            member.under_way -= 1
            if not answered and member.probing is None:
                member.probing = asyncio.create_task(self._probe(member))
        return result

    async def _probe(self, member: _Member) -> None:
        """Ask a process until it says that it is ready, at once and then again and again."""
        number = self._members.index(member) + 1
        log.warning("assistant.passed_over", process=number)
        while not await member.process.ready():
            await asyncio.sleep(self._probe_seconds)
        member.probing = None
        log.info("assistant.taken_again", process=number)


def _by_preference(member: _Member) -> tuple[bool, int, int]:
    """Those that answer first, then the least busy, then the one that has waited longest for a turn."""
    return member.probing is not None, member.under_way, member.last_call
