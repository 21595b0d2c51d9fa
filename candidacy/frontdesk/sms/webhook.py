"""POST /sms/twilio: a text message comes in. It is checked, kept once and acknowledged; everything else comes after."""

from collections.abc import Callable

import structlog
from starlette.requests import Request
from starlette.responses import Response
from twilio.twiml.messaging_response import MessagingResponse

from candidacy.frontdesk.danger import danger_response, find_danger
from candidacy.frontdesk.responses import NOT_RECEIVED
from candidacy.frontdesk.sms.responses import CHOICES
from candidacy.frontdesk.sms.signed_form import signed_form
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.records.sms.inbox import NewText, keep_text
from candidacy.sms.consent import ConsentState
from candidacy.sms.destinations import is_allowed
from candidacy.sms.incoming import IncomingError, IncomingText, incoming
from candidacy.sms.keywords import command_of
from candidacy.sms.rendering import body_parts
from candidacy.web.transactions import RecordsUnavailable, write_first

TOKEN_HEADER = "I-Twilio-Idempotency-Token"  # the name of a header  # nosec B105

log = structlog.get_logger(__name__)


async def receive_text(request: Request, *, desk: TextDesk, wake: Callable[[], None]) -> Response:
    """Keep the message and answer with nothing; its reply is sent later.

    Args:
        request: Twilio's.
        desk: what the parts for text messages share.
        wake: told that a message was kept.
    """
    form = await signed_form(request, texting=desk.texting)
    try:
        text = incoming(form, idempotency_token=request.headers.get(TOKEN_HEADER))
    except IncomingError as error:
        log.warning("text.not_of_a_person", reason=str(error))
        return twiml()
    if not is_allowed(text.sender, desk.texting.regions):
        log.warning("text.number_not_allowed")
        return twiml()
    try:
        await _keep(text, desk=desk)
    except RecordsUnavailable as error:
        log.error("text.not_kept", reason=str(error))
        return twiml(*await _sorry(text, desk=desk))
    wake()
    return twiml()


def twiml(*bodies: str) -> Response:
    """An answer in Twilio's own language: these texts, usually none."""
    answer = MessagingResponse()
    for body in bodies:
        answer.message(body)
    return Response(str(answer), media_type="application/xml")


async def _keep(text: IncomingText, *, desk: TextDesk) -> None:
    new = NewText(
        sender_keys=desk.senders_of(text.sender),
        block_key=desk.block_of(text.sender),
        number_encrypted=desk.cipher.encrypt(text.sender),
        message_sid=text.message_sid,
        idempotency_token=text.idempotency_token,
        content=text.content.value,
        text=text.text,
        opt_out_type=text.opt_out_type,
    )
    kept = await write_first(
        desk.database, keep_text, text=new, new_texter_consent=ConsentState.NEW.value, now=desk.now()
    )
    log.info("text.kept" if kept else "text.repeated", content=new.content)


async def _sorry(text: IncomingText, *, desk: TextDesk) -> tuple[str, ...]:
    """What is said in the acknowledgement itself while nothing can be kept: danger advice first."""
    if command_of(text.text, opted_out=False, keywords=desk.rules.words.keywords) is not None:
        return ()
    names = [NOT_RECEIVED]
    red_flag = await find_danger(text.text, red_flags=desk.red_flags)
    if red_flag is not None:
        names.insert(0, danger_response(red_flag))
    invitation = desk.words(CHOICES).text
    return tuple(
        body
        for name in names
        for body in body_parts(desk.words(name), invitation=invitation, keywords=desk.rules.words.keywords)
    )
