"""Somebody who follows a conversation, and what was brought to them of it."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from candidacy.records.news import News

MOST_BROUGHT = 8
"""How much is kept for somebody who takes nothing; after that, they look for themselves."""


@dataclass(eq=False)
class Listener:
    """Who follows one conversation. What is new is brought where it was read already, and else looked for."""

    conversation_id: str
    position: int
    """The last message this listener was given; 0 before the first."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there is something to take."""
    _brought: deque[News] = field(default_factory=deque)
    _must_look: bool = False

    def tell(self, news: News | None) -> None:
        """Say that there is something new: what it is, or None where it must be looked for."""
        if news is None or len(self._brought) == MOST_BROUGHT:
            self._must_look = True
        else:
            self._brought.append(news)
        self.news.set()

    def take(self) -> News | None:
        """What was brought and goes on from the position; None where the listener must look."""
        self.news.clear()
        while self._brought and not self._must_look:
            news = self._brought.popleft()
            if news.last <= self.position:
                continue
            if news.after > self.position:
                break
            if self._brought:
                self.news.set()
            return news
        # Whoever looks now sees all that was brought.
        self._must_look = False
        self._brought.clear()
        return None
