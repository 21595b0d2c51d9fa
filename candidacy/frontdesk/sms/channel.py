"""The channel of text messages: its addresses and its workers, for the app to serve and to run."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from starlette.routing import BaseRoute, Route

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.danger import RedFlags
from candidacy.frontdesk.desk import Desk
from candidacy.frontdesk.limits import Limits
from candidacy.frontdesk.sms.delivery import Delivery
from candidacy.frontdesk.sms.link_code import create_link_code
from candidacy.frontdesk.sms.link_page import read_private
from candidacy.frontdesk.sms.link_token import PATH as LINK_PATH
from candidacy.frontdesk.sms.part_address import STATUS_PATH
from candidacy.frontdesk.sms.reception import Reception
from candidacy.frontdesk.sms.responses import require_text_responses
from candidacy.frontdesk.sms.status import receive_status
from candidacy.frontdesk.sms.taking_up import TakenUp
from candidacy.frontdesk.sms.text_answering import TextAnswering
from candidacy.frontdesk.sms.text_desk import TextDesk, link_secrets, load_rules
from candidacy.frontdesk.sms.twilio_sender import Sender
from candidacy.frontdesk.sms.webhook import receive_text
from candidacy.frontdesk.turns import Answers
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.screening.questionnaire import load_questionnaire
from candidacy.texting_settings import Texting

WEBHOOK_PATH = "/sms/twilio"

SCREENING_CHANGE = "screening_change"
"""The topic of the screening's question that is none of the questionnaire's: which answer to change."""


class TextChannel:
    """Receives, has answered and sends text messages.

    Args:
        desk: what its parts share.
        sender: hands texts to Twilio.
    """

    def __init__(self, *, desk: TextDesk, sender: Sender) -> None:
        self._desk = desk
        self._delivery = Delivery(desk=desk, sender=sender)
        self._front: Desk | None = None
        self._reception = Reception(desk=desk, told=self._tell)

    def answering(self, answering: Answers) -> Answers:
        """Finds the words as the given one does, and fits them to texts."""
        return TextAnswering(answering=answering, desk=self._desk)

    def something_said(self) -> None:
        """Say that there may be something to send."""
        self._delivery.wake()

    def routes(self, front: Desk) -> list[BaseRoute]:
        """The addresses for Twilio, for telephones, and for the website chat."""
        desk = self._desk
        received = partial(receive_text, desk=desk, wake=self._reception.wake)
        return [
            Route(WEBHOOK_PATH, received, methods=["POST"]),
            Route(STATUS_PATH, partial(receive_status, desk=desk), methods=["POST"]),
            Route(f"{LINK_PATH}{{token}}", partial(read_private, desk=desk, front=front), methods=["GET"]),
            Route("/api/chat/link-code", partial(create_link_code, desk=desk, front=front), methods=["POST"]),
        ]

    def start(self, front: Desk) -> None:
        """Begin to take up and to send, first what was left behind."""
        self._front = front
        self._reception.start()
        self._delivery.start()

    async def stop(self, *, grace_seconds: float) -> None:
        """Take up and send no more; what is under way gets some time, and the rest waits in the database."""
        await asyncio.gather(
            self._reception.stop(grace_seconds=grace_seconds), self._delivery.stop(grace_seconds=grace_seconds)
        )

    def _tell(self, taken: TakenUp) -> None:
        assert self._front is not None
        self._front.arrivals.announce(taken.conversation_id)
        self._delivery.wake()
        if taken.turn:
            self._front.runner.wake()


def text_desk(
    *,
    texting: Texting,
    database: Database,
    cipher: Cipher,
    texts: Texts,
    red_flags: RedFlags,
    limits: Limits,
    now: Callable[[], datetime],
) -> TextDesk:
    """What the channel's parts share, with the rules read and the links' secret derived.

    Raises:
        ValueError: domain.yml lacks a text, or some of the rules cannot be used.
    """
    require_text_responses(texts)
    return TextDesk(
        texting=texting,
        database=database,
        cipher=cipher,
        texts=texts,
        red_flags=red_flags,
        limits=limits,
        rules=load_rules(),
        screening_questions=frozenset({*load_questionnaire().ids, SCREENING_CHANGE}),
        now=now,
        link_secrets=link_secrets(cipher),
    )
