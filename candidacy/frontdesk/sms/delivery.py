"""Sends what is said to people who text: in order, danger advice first, again after a failure, and not for ever."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import anyio.to_thread
import structlog

from candidacy.casework.turn_marks import DANGER_KINDS
from candidacy.frontdesk.dispatcher import POLL_SECONDS, Dispatcher, Ending
from candidacy.frontdesk.sms.bodies import bodies_of
from candidacy.frontdesk.sms.part_address import status_url
from candidacy.frontdesk.sms.responses import SENT_THOUGH_STOPPED
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.frontdesk.sms.twilio_sender import Sender, TextNotSent
from candidacy.records.encryption import EncryptionKeyError
from candidacy.records.sms.outgoing import (
    Outgoing,
    claim_outgoing,
    fail_outgoing,
    finish_outgoing,
    hold_outgoing,
    note_part_sent,
    postpone_outgoing,
)
from candidacy.records.sms.parts import Part
from candidacy.records.sms.texters import stop_texts_in
from candidacy.records.sms.upkeep import clear_away
from candidacy.sms.beginning import QuietNow, quiet_now
from candidacy.sms.delivery import is_permanent, next_attempt
from candidacy.sms.delivery_errors import OPTED_OUT
from candidacy.sms.destinations import is_allowed
from candidacy.sms.linking import LIFE
from candidacy.web.transactions import RecordsUnavailable, write

WORKERS = 8

HIDDEN = timedelta(seconds=30)
"""How long a message waits when the process that sends it dies: more than one request to Twilio may take."""

UPKEEP = timedelta(minutes=10)
"""How often what is old is cleared away."""

STOPPED = "the person has stopped texts"
NO_NUMBER = "nobody's number is known for this conversation"
NOT_ALLOWED = "the number is not one that is texted"
NO_ANSWER = "no answer from Twilio"

log = structlog.get_logger(__name__)


class Delivery:
    """Sends messages, those of many conversations at once.

    Args:
        desk: what the parts for text messages share.
        sender: hands a text to Twilio.
        poll_seconds: how long to wait when nothing wakes it.
        jitter: a random number from 0 to 1, each time.
    """

    def __init__(
        self,
        *,
        desk: TextDesk,
        sender: Sender,
        poll_seconds: float = POLL_SECONDS,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._desk = desk
        self._sender = sender
        self._jitter = jitter
        self._cleared_at: datetime | None = None
        self._dispatcher = Dispatcher(
            "delivery", claim=self._claim, work=self._work, workers=WORKERS, poll_seconds=poll_seconds
        )
        self.start = self._dispatcher.start
        self.wake = self._dispatcher.wake
        self.stop = self._dispatcher.stop

    async def _claim(self) -> Outgoing | None:
        now = self._desk.now()
        claimed = await write(self._desk.database, claim_outgoing, now=now, hidden_until=now + HIDDEN)
        if claimed is None:
            await self._clear_away(now)
        return claimed

    async def _work(self, outgoing: Outgoing) -> Ending:
        return Ending.MORE if await self._deliver(outgoing) else Ending.NOT_DONE

    async def _deliver(self, outgoing: Outgoing) -> bool:
        """One message from its claim to its end; True when the conversation's next one can be sent."""
        number = self._number(outgoing)
        problem = _problem(outgoing, number, desk=self._desk)
        if number is None or problem is not None:
            await self._fail(outgoing, problem or NO_NUMBER)
            return True
        quiet = None if outgoing.reply.kind in DANGER_KINDS else self._quiet(outgoing, number)
        if quiet is not None:
            await write(self._desk.database, hold_outgoing, outgoing=outgoing, until=quiet.opens_at)
            log.info("text.held_back", message=outgoing.message_id, until=quiet.opens_at.isoformat())
            return True
        try:
            return await self._send_parts(outgoing, number)
        except TextNotSent as error:
            return await self._not_sent(outgoing, error)
        except RecordsUnavailable:
            raise
        except Exception as error:
            # Whatever it is, the messages behind this one may not wait for it for ever.
            log.error("text.failed_unexpectedly", message=outgoing.message_id, reason=type(error).__name__)
            return await self._not_sent(outgoing, TextNotSent())

    async def _send_parts(self, outgoing: Outgoing, number: str) -> bool:
        bodies = await anyio.to_thread.run_sync(lambda: bodies_of(outgoing, desk=self._desk))
        for place, body in enumerate(bodies, start=1):
            if place in outgoing.parts_sent:
                continue
            part = Part(message_id=outgoing.message_id, number=place)
            message_sid = await self._send(number, body, part)
            if not await self._note_sent(outgoing, part, message_sid):
                await self._fail(outgoing, STOPPED)
                return True
        finished = await write(self._desk.database, finish_outgoing, outgoing=outgoing)
        log.info("text.sent" if finished else "text.claim_lost", message=outgoing.message_id, parts=len(bodies))
        return True

    async def _send(self, number: str, body: str, part: Part) -> str:
        callback = status_url(self._desk.texting.public_url, part)
        return await anyio.to_thread.run_sync(lambda: self._sender.send(to=number, body=body, status_url=callback))

    async def _note_sent(self, outgoing: Outgoing, part: Part, message_sid: str) -> bool:
        now = self._desk.now()
        return await write(
            self._desk.database,
            note_part_sent,
            outgoing=outgoing,
            number=part.number,
            message_sid=message_sid,
            now=now,
            hidden_until=now + HIDDEN,
        )

    async def _not_sent(self, outgoing: Outgoing, error: TextNotSent) -> bool:
        """Try again later, or give the message up; True when the next one need not wait for it."""
        now = self._desk.now()
        reason = self._desk.rules.for_staff(error.error_code) if error.status_code else NO_ANSWER
        again = next_attempt(outgoing.attempts, now, jitter=self._jitter(), retry_after=error.retry_after)
        log.warning(
            "text.not_sent",
            message=outgoing.message_id,
            attempts=outgoing.attempts,
            status=error.status_code,
            code=error.error_code,
        )
        if error.error_code == OPTED_OUT:
            await write(self._desk.database, stop_texts_in, message_id=outgoing.message_id, now=now)
        if again is None or is_permanent(error.status_code, error.error_code, self._desk.rules.delivery_errors):
            await self._fail(outgoing, reason)
            return True
        await write(self._desk.database, postpone_outgoing, outgoing=outgoing, until=again, error=reason)
        return False

    async def _fail(self, outgoing: Outgoing, reason: str) -> None:
        await write(self._desk.database, fail_outgoing, outgoing=outgoing, error=reason)
        log.warning("text.given_up", message=outgoing.message_id, reason=reason)

    def _number(self, outgoing: Outgoing) -> str | None:
        if outgoing.number_encrypted is None:
            return None
        try:
            return self._desk.cipher.decrypt(outgoing.number_encrypted)
        except EncryptionKeyError:
            return None

    def _quiet(self, outgoing: Outgoing, number: str) -> QuietNow | None:
        if outgoing.at_any_hour:
            return None
        return quiet_now(
            number, wrote_at=outgoing.visitor_wrote_at, now=self._desk.now(), hours=self._desk.rules.quiet_hours
        )

    async def _clear_away(self, now: datetime) -> None:
        if self._cleared_at is not None and now - self._cleared_at < UPKEEP:
            return
        self._cleared_at = now
        await write(
            self._desk.database,
            clear_away,
            receipts_before=now - self._desk.texting.receipt_life,
            codes_before=now - LIFE,
        )


def _problem(outgoing: Outgoing, number: str | None, *, desk: TextDesk) -> str | None:
    """Why a message may not be sent at all; danger advice may, also to somebody who stopped."""
    if number is None:
        return NO_NUMBER
    if not is_allowed(number, desk.texting.regions):
        return NOT_ALLOWED
    must_be_said = outgoing.reply.kind in DANGER_KINDS or outgoing.reply.topic in SENT_THOUGH_STOPPED
    return STOPPED if outgoing.stopped and not must_be_said else None
