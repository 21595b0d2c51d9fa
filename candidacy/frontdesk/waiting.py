"""Nobody waits for a person without end: after the set minutes they are told, and their call-back is queued."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.casework.call_back_rules import CallBackRules
from candidacy.frontdesk.responses import NOBODY_CAME
from candidacy.records.console.waits import give_up_waiting, somebody_waited_too_long
from candidacy.records.database import Database
from candidacy.web.transactions import read, write

LOOK_SECONDS = 5.0
"""How often to look for who has waited too long."""


@dataclass(frozen=True)
class WaitingRoom:
    """Looks after those who wait for a person.

    Args:
        database: where they are.
        texts: the words.
        call_backs: say when the call is due.
        patience: how long somebody waits.
        announce: told the conversation's id when something was said in it.
        now: the present.
    """

    database: Database
    texts: Texts
    call_backs: CallBackRules
    patience: timedelta
    announce: Callable[[str], None]
    now: Callable[[], datetime]

    async def look(self) -> None:
        """Tell those who have waited too long; raises RecordsUnavailable when the database cannot be used."""
        while await read(self.database, somebody_waited_too_long, patience=self.patience, now=self.now()):
            told = await write(
                self.database,
                give_up_waiting,
                patience=self.patience,
                notice=self._notice,
                due_at=self.call_backs.due,
                now=self.now(),
            )
            for conversation_id in told:
                self.announce(conversation_id)
            if not told:
                # Another process is telling them.
                return

    def _notice(self, channel: str) -> Reply:
        return self.texts.reply(NOBODY_CAME, channel=channel)
