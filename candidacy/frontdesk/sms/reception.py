"""Takes up the text messages that were kept, one after the other of each sender.

A process that dies in between leaves the message waiting. Of two that take it up at once, only one finds it there.
"""

from collections.abc import Callable

from candidacy.frontdesk.danger import find_danger
from candidacy.frontdesk.dispatcher import POLL_SECONDS, Dispatcher, Ending
from candidacy.frontdesk.limits import Limit
from candidacy.frontdesk.sms.taking_up import TakenUp, take_up
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.records.sms.inbox import WaitingText, waiting_texts
from candidacy.web.transactions import read, write

WORKERS = 8
EVERYBODY = "everybody"
"""The one name under which the texts of all numbers are counted."""


class Reception:
    """Takes up messages, those of many senders at once.

    Args:
        desk: what the parts for text messages share.
        told: told what was taken up, once it is stored.
        poll_seconds: how long to wait when nothing wakes it.
    """

    def __init__(self, *, desk: TextDesk, told: Callable[[TakenUp], None], poll_seconds: float = POLL_SECONDS) -> None:
        self._desk = desk
        self._told = told
        self._at_work: set[str] = set()
        self._dispatcher = Dispatcher(
            "reception", claim=self._claim, work=self._take_up, workers=WORKERS, poll_seconds=poll_seconds
        )
        self.start = self._dispatcher.start
        self.wake = self._dispatcher.wake
        self.stop = self._dispatcher.stop

    async def _claim(self) -> WaitingText | None:
        waiting = await read(self._desk.database, waiting_texts)
        text = next((text for text in waiting if text.sender_key not in self._at_work), None)
        if text is not None:
            self._at_work.add(text.sender_key)
        return text

    async def _take_up(self, text: WaitingText) -> Ending:
        try:
            taken = await write(
                self._desk.database,
                take_up,
                text=text,
                red_flag=await find_danger(text.text, red_flags=self._desk.red_flags),
                too_many=self._is_too_many(text),
                desk=self._desk,
            )
        finally:
            self._at_work.discard(text.sender_key)
        if taken is not None:
            self._told(taken)
        return Ending.MORE

    def _is_too_many(self, text: WaitingText) -> bool:
        own = self._desk.limits.seconds_to_wait(Limit.NUMBER_TEXTS, text.sender_key)
        return own > 0 or self._desk.limits.seconds_to_wait(Limit.TEXTS, EVERYBODY) > 0
