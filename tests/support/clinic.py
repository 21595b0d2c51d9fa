"""Conversations as they go, without a running product: each turn through the functions that the front desk calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from candidacy.assistant.reply import Reply
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.messages import receive
from candidacy.records.sms.inbox import NewText, keep_text
from candidacy.records.sms.texters import continue_conversation, sender_key_of
from candidacy.records.turns import claim_turn, finish_turn

LEASE = timedelta(seconds=5)


@dataclass(frozen=True)
class Clinic:
    """A database, and visitors who can be made to write."""

    database: Database
    now: datetime

    def begin(self, *, channel: str = "web", at: datetime | None = None) -> str:
        """A conversation that has just begun."""
        with self.database.session() as session:
            conversation_id, _ = start_conversation(session, channel=channel, now=at or self.now)
        return conversation_id

    def write(self, conversation_id: str, text: str, *, at: datetime | None = None) -> int:
        """A visitor's message that no turn has answered; its id."""
        with self.database.session() as session:
            return receive(session, conversation_id=conversation_id, client_id=None, text=text, now=at or self.now).id

    def text(self, number: str, conversation_id: str, *, cipher: Cipher) -> None:
        """A number texts for the first time, or again, and goes on in a conversation."""
        key = sender_key_of(number, cipher=cipher)
        text = NewText(
            sender_keys=(key,),
            block_key="block",
            number_encrypted=cipher.encrypt(number),
            message_sid=f"SM in {conversation_id}",
            idempotency_token=None,
            content="words",
            text="hello",
            opt_out_type=None,
        )
        with self.database.session() as session:
            keep_text(session, text=text, new_texter_consent="new", now=self.now)
            continue_conversation(session, sender_key=key, conversation_id=conversation_id)

    def answer(
        self, conversation_id: str, *replies: Reply, understanding: Any = None, at: datetime | None = None
    ) -> bool:
        """Have the oldest unanswered message answered."""
        with self.database.session() as session:
            turn = claim_turn(session, owner="desk", now=at or self.now, lease=LEASE, conversation_id=conversation_id)
            assert turn is not None
            finished = finish_turn(
                session,
                turn=turn,
                owner="desk",
                replies=replies,
                understanding=understanding,
                now=at or self.now,
            )
        return finished is not None

    def turn(
        self, conversation_id: str, text: str, *replies: Reply, understanding: Any = None, at: datetime | None = None
    ) -> int:
        """A visitor's message and the answer to it; the message's id."""
        message = self.write(conversation_id, text, at=at)
        self.answer(conversation_id, *replies, understanding=understanding, at=at)
        return message
