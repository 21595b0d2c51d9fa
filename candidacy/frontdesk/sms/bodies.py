"""The texts for one message: what may not be texted is shown behind a link, with its choices under it."""

from dataclasses import replace

from candidacy.assistant.reply import Reply
from candidacy.assistant.saved_slots import saved_slots
from candidacy.frontdesk.sms.link_token import link_path
from candidacy.frontdesk.sms.responses import CHOICES, LINK
from candidacy.frontdesk.sms.text_desk import TextDesk
from candidacy.records.consultation_requests import find_request
from candidacy.records.sms.outgoing import Outgoing
from candidacy.sms.privacy import may_be_texted
from candidacy.sms.rendering import body_parts

NAME_SLOT = "contact_name"


def bodies_of(outgoing: Outgoing, *, desk: TextDesk) -> tuple[str, ...]:
    """The texts to send, in order; the same each time, so that a message which was sent in part can be gone on with."""
    reply = outgoing.reply
    names = _names(outgoing.conversation_id, desk=desk)
    if not may_be_texted(reply, names=names, conditions=desk.rules.conditions):
        reply = replace(_link(outgoing.message_id, desk=desk), buttons=reply.buttons)
    return body_parts(reply, invitation=desk.words(CHOICES).text, keywords=desk.rules.words.keywords)


def _link(message_id: int, *, desk: TextDesk) -> Reply:
    link = desk.texting.public_url + link_path(message_id, secret=desk.link_secrets[0])
    minutes = int(desk.texting.link_life.total_seconds() // 60)
    return desk.words(LINK, link=link, link_minutes=str(minutes))


def _names(conversation_id: str, *, desk: TextDesk) -> frozenset[str]:
    """The names that a visitor gave, so that none of them is texted beside a condition."""
    with desk.database.read_session() as session:
        slot = saved_slots(session, cipher=desk.cipher, conversation_id=conversation_id).get(NAME_SLOT)
        request = find_request(session, cipher=desk.cipher, conversation_id=conversation_id)
    return frozenset(name for name in (slot, request and request.details.name) if name)
