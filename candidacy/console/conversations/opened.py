"""All that the page of a conversation shows, read at one instant."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from candidacy.records.console.beside import Beside, beside_transcript
from candidacy.records.console.notes import Note, notes_of
from candidacy.records.console.red_flags import RedFlagRow, red_flags_of
from candidacy.records.console.tags import known_tags, tags_of_many
from candidacy.records.console.transcript import (
    ConversationHeader,
    TranscriptMessage,
    TranscriptPage,
    conversation_header,
    newest_sent,
    transcript_after,
    transcript_page,
)
from candidacy.records.encryption import Cipher


@dataclass(frozen=True)
class OpenedConversation:
    """A conversation with everything that stands beside it."""

    header: ConversationHeader
    page: TranscriptPage
    beside: Beside
    notes: tuple[Note, ...] = field(repr=False)
    red_flags: tuple[RedFlagRow, ...]
    tags: tuple[str, ...]
    known_tags: tuple[str, ...]


@dataclass(frozen=True)
class ConversationNews:
    """How a conversation stands, its messages after a position, and how what was sent to a telephone stands."""

    header: ConversationHeader
    messages: tuple[TranscriptMessage, ...]
    sent: tuple[TranscriptMessage, ...]


def open_conversation(
    session: Session, *, cipher: Cipher, conversation_id: str, before: int | None
) -> OpenedConversation | None:
    """The conversation with its newest messages, or the newest before a position; None when there is none.

    Raises:
        EncryptionKeyError: no key opens what is encrypted.
    """
    header = conversation_header(session, conversation_id=conversation_id)
    if header is None or header.erased_at is not None:
        return None
    return OpenedConversation(
        header=header,
        page=transcript_page(session, conversation_id=conversation_id, before=before),
        beside=beside_transcript(session, cipher=cipher, conversation_id=conversation_id),
        notes=tuple(notes_of(session, cipher=cipher, conversation_id=conversation_id)),
        red_flags=tuple(red_flags_of(session, conversation_id=conversation_id)),
        tags=tags_of_many(session, conversation_ids=[conversation_id]).get(conversation_id, ()),
        known_tags=tuple(known_tags(session)),
    )


def conversation_news(session: Session, *, conversation_id: str, position: int) -> ConversationNews | None:
    """What is new after a position; None when there is no such conversation, or none any more."""
    header = conversation_header(session, conversation_id=conversation_id)
    if header is None or header.erased_at is not None:
        return None
    return ConversationNews(
        header=header,
        messages=transcript_after(session, conversation_id=conversation_id, position=position),
        sent=newest_sent(session, conversation_id=conversation_id),
    )
