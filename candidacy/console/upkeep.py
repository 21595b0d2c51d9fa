"""What the console does by itself: deletes what is old enough and what the erased left on disk, and keeps indexes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from candidacy.records.console.erasing import erase_by_age
from candidacy.records.console.exports import delete_doomed_exports
from candidacy.records.console.name_words import index_names_from_before
from candidacy.records.console.search_upkeep import purge_search_index
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.web.transactions import write

PAUSE_SECONDS = 0.2
LOOK_SECONDS = 60.0
"""How often there is a look for something to delete."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Upkeep:
    """Retention, exported files, and the indexes of words and names.

    Args:
        database: where everything is.
        retention: after how long without a word a conversation is deleted; None keeps them all.
        cipher: opens names, to have them found.
        audit_key: the audit's key: each deletion leaves a stub.
        now: the present.
    """

    database: Database
    retention: timedelta | None
    cipher: Cipher
    audit_key: bytes
    now: Callable[[], datetime]

    async def run(self) -> None:
        """Do all that is due, in small transactions; raises RecordsUnavailable when the database cannot be used."""
        if self.retention is not None:
            await self._erase_by_age(self.retention)
        while await write(self.database, index_names_from_before, cipher=self.cipher):
            await asyncio.sleep(PAUSE_SECONDS)
        for path in await write(self.database, delete_doomed_exports):
            log.info("upkeep.export_deleted", file=path.name)
        while await write(self.database, purge_search_index):
            # Visitors' messages come between two steps.
            await asyncio.sleep(PAUSE_SECONDS)

    async def _erase_by_age(self, retention: timedelta) -> None:
        while True:
            now = self.now()
            erased = await write(
                self.database, erase_by_age, inactive_since=now - retention, audit_key=self.audit_key, now=now
            )
            if not erased:
                return
            log.info("upkeep.erased_by_age", conversations=len(erased))
