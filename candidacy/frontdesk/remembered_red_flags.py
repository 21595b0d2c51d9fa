"""Red flags of texts that were looked at a moment ago, so that a text which is looked at twice costs once."""

from functools import lru_cache

from candidacy.frontdesk.danger import RedFlags
from candidacy.language.red_flag import RedFlag

REMEMBERED = 256
"""How many texts; they are in this process's memory alone."""


class RememberedRedFlags:
    """Recognises danger as the given one does; to be called from any thread.

    A text message is looked at when it is taken up, and again when its turn comes, which is work for the processor that
    delays everybody else.
    """

    def __init__(self, red_flags: RedFlags) -> None:
        self._detect = lru_cache(maxsize=REMEMBERED)(red_flags.detect)

    def detect(self, text: str) -> RedFlag | None:
        """The danger that a text speaks of."""
        return self._detect(text)
