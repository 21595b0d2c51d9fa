"""What every endpoint of the console may use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import anyio

from candidacy.assistant.texts import Texts
from candidacy.casework.canned_replies import CannedReply
from candidacy.console.access.passwords import Passwords
from candidacy.console.casework_rules import CaseworkRules
from candidacy.console.conversations.news import News
from candidacy.console.pages import Pages
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.settings import Settings

if TYPE_CHECKING:
    from candidacy.console.route import ConsoleRoute


@dataclass(frozen=True)
class ConsoleContext:
    """The parts that endpoints share."""

    settings: Settings
    database: Database
    cipher: Cipher
    audit_key: bytes = field(repr=False)
    passwords: Passwords
    comparing: anyio.CapacityLimiter
    """How many passwords are compared at once: each takes 64 MB and a processor for a while."""
    pages: Pages
    texts: Texts
    """What visitors are told when a person comes and goes, and the questions as they are put."""
    canned_replies: tuple[CannedReply, ...]
    news: News
    rules: CaseworkRules
    routes: "Sequence[ConsoleRoute]"
    now: Callable[[], datetime]

    @property
    def secure(self) -> bool:
        """Whether browsers reach the console over TLS."""
        return self.settings.console_public_url.startswith("https://")
