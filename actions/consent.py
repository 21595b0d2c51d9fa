"""A visitor's consent or refusal, stored at once with the message that said it."""

from rasa_sdk import Tracker

from actions.base import ClinicAction, LatestMessage, channel_of, conversation_of, message_number
from candidacy.records.consents import record_consent
from candidacy.records.conversations import ensure_conversation


def store_consent(
    action: ClinicAction, tracker: Tracker, message: LatestMessage, *, purpose: str, given: bool, wording_version: str
) -> None:
    """Store a yes or no to one purpose, and to which wording."""
    conversation_id, now = conversation_of(tracker), action.context.now()
    with action.context.database.session() as session:
        ensure_conversation(session, conversation_id=conversation_id, channel=channel_of(tracker), now=now)
        record_consent(
            session,
            conversation_id=conversation_id,
            purpose=purpose,
            given=given,
            wording_version=wording_version,
            message_id=message_number(message.message_id),
            now=now,
        )
