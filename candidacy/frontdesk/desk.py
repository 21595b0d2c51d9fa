"""What the endpoints share: the things they are given, and the parts that run beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import anyio

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.answering import Assistant
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.danger import RedFlags
from candidacy.frontdesk.elsewhere import Elsewhere
from candidacy.frontdesk.known_tokens import KnownTokens
from candidacy.frontdesk.limits import Limits
from candidacy.frontdesk.turns import TurnRunner
from candidacy.frontdesk.visitor_words import VisitorWords
from candidacy.records.database import Database
from candidacy.settings import Network, Settings
from candidacy.web.periodic import Periodic


@dataclass(frozen=True)
class Desk:
    """Everything an endpoint may use."""

    settings: Settings
    database: Database
    assistant: Assistant
    texts: Texts
    red_flags: RedFlags
    arrivals: Arrivals
    runner: TurnRunner
    elsewhere: Elsewhere
    waiting: Periodic
    """Looks after those who wait for a person."""
    limits: Limits
    known_tokens: KnownTokens
    refused_limiter: anyio.CapacityLimiter
    """How many refused messages are looked at for danger at once."""
    not_received: VisitorWords
    """What a visitor reads when a request cannot be taken."""
    numbers: Mapping[str, str]
    """Telephone numbers that texts may name, and their addresses."""
    proxies: tuple[Network, ...]
    """The proxies that are believed."""
    widget: Path
    """The folder of the files that web pages load."""
    now: Callable[[], datetime]

    def session_end(self) -> datetime:
        """When a session ends that is begun or used now."""
        return self.now() + timedelta(minutes=self.settings.session_minutes)
