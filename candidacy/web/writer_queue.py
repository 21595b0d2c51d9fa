"""A queue of two classes for something that one can have at a time."""

from collections import deque

import anyio


class WriterQueue:
    """Who asks to be first comes before all others, and among themselves each in its order."""

    def __init__(self) -> None:
        self._taken = False
        self._first: deque[anyio.Event] = deque()
        self._others: deque[anyio.Event] = deque()

    def acquire_now(self) -> bool:
        """Have the turn at once, if nobody has it."""
        if self._taken:
            return False
        self._taken = True
        return True

    async def acquire(self, *, first: bool) -> None:
        """Wait for the turn; who is cancelled meanwhile has none."""
        if self.acquire_now():
            return
        turn = anyio.Event()
        waiting = self._first if first else self._others
        waiting.append(turn)
        try:
            await turn.wait()
        except BaseException:
            if turn.is_set():
                self.release()
            else:
                waiting.remove(turn)
            raise

    def release(self) -> None:
        """Let the next one have it."""
        for waiting in (self._first, self._others):
            if waiting:
                waiting.popleft().set()
                return
        self._taken = False
