"""What the endpoints share: the things they are given, and the parts that run beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.answering import Assistant
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.turns import TurnRunner
from candidacy.records.database import Database
from candidacy.settings import Settings


@dataclass(frozen=True)
class Desk:
    """Everything an endpoint may use."""

    settings: Settings
    database: Database
    assistant: Assistant
    texts: Texts
    arrivals: Arrivals
    runner: TurnRunner
    numbers: Mapping[str, str]
    """Telephone numbers that texts may name, and their addresses."""
    now: Callable[[], datetime]
