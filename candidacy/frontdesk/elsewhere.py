"""What other processes stored: the front desk is woken where the database tells of it, and looks by itself besides.

Several front desks share one database. A message that one of them stored may have its turn here, and the replies to a
visitor who is connected here may be stored by any of them, or by the staff console.
"""

import asyncio
from collections.abc import Callable

from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.turns import TurnRunner
from candidacy.records.database import Database
from candidacy.records.wake_ups import Kind, WakeUp
from candidacy.web.listening import Listening

TURN_DELAY_SECONDS = 0.1
"""Who stored a message takes its turn at once. The others look a moment later whether it still waits, once for all that
came meanwhile: else each message would be looked for by everybody."""


class Elsewhere:
    """Wakes the front desk's parts for what other processes stored.

    Args:
        database: tells of it.
        arrivals: those who wait for a conversation's messages.
        runner: has messages answered.
        announce: told the conversation's id when it has something new.
        turn_delay_seconds: how much later than who stored a message the runner looks for it.
    """

    def __init__(
        self,
        *,
        database: Database,
        arrivals: Arrivals,
        runner: TurnRunner,
        announce: Callable[[str], None],
        turn_delay_seconds: float = TURN_DELAY_SECONDS,
    ) -> None:
        self._arrivals = arrivals
        self._runner = runner
        self._announce = announce
        self._turn_delay_seconds = turn_delay_seconds
        self._soon: asyncio.TimerHandle | None = None
        self._listening = Listening(database, heard=self.hear, missed=self.look)

    def start(self) -> None:
        """Begin to listen."""
        self._listening.start()

    async def stop(self) -> None:
        """Listen no more."""
        await self._listening.stop()
        if self._soon is not None:
            self._soon.cancel()

    def hear(self, wake_up: WakeUp) -> None:
        """Wake who waits for it."""
        if wake_up.kind is Kind.NEWS:
            self._announce(wake_up.conversation_id)
        elif self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(self._turn_delay_seconds, self._look_for_turns)

    def look(self) -> None:
        """Look for all that may have been missed."""
        self._runner.wake()
        self._arrivals.look_soon()

    def _look_for_turns(self) -> None:
        self._soon = None
        self._runner.wake()
