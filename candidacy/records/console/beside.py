"""What stands beside a transcript: the screening with the message each answer came from, the request, the consents."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from candidacy.records.consents import Consent
from candidacy.records.consultation_requests import SubmittedRequest, find_request
from candidacy.records.encryption import Cipher
from candidacy.records.screenings import Screening, latest_screening
from candidacy.records.tables import consents, consultation_requests, messages


@dataclass(frozen=True)
class RequestStanding:
    """A consultation request, when it came, and how it stands."""

    request: SubmittedRequest
    status: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Beside:
    """What is known of a visitor beside what was said.

    `positions` are those of the messages that gave the screening's answers and the consents, by the messages' ids.
    """

    screening: Screening | None
    request: RequestStanding | None
    consents: tuple[Consent, ...]
    positions: dict[int, int]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The screening's questions that the visitor has no answer to."""
        answers = self.screening.answers if self.screening else ()
        return tuple(answer.question for answer in answers if answer.value in ("unknown", "skipped"))


def beside_transcript(session: Session, *, cipher: Cipher, conversation_id: str) -> Beside:
    """The screening that was confirmed last, the request and every consent; raises EncryptionKeyError as a cipher."""
    screening = latest_screening(session, cipher=cipher, conversation_id=conversation_id)
    given = _consents(session, conversation_id)
    of_answers = [answer.message_id for answer in screening.answers] if screening else []
    sources = {source for source in (*of_answers, *(consent.message_id for consent in given)) if source is not None}
    return Beside(
        screening=screening,
        request=_request(session, cipher, conversation_id),
        consents=given,
        positions=_positions(session, sources),
    )


def _request(session: Session, cipher: Cipher, conversation_id: str) -> RequestStanding | None:
    request = find_request(session, cipher=cipher, conversation_id=conversation_id)
    if request is None:
        return None
    columns = consultation_requests.c
    row = session.execute(
        select(columns.status, columns.created_at, columns.updated_at).where(columns.conversation_id == conversation_id)
    ).one()
    return RequestStanding(request=request, status=row.status, created_at=row.created_at, updated_at=row.updated_at)


def _consents(session: Session, conversation_id: str) -> tuple[Consent, ...]:
    rows = session.execute(
        select(consents).where(consents.c.conversation_id == conversation_id).order_by(consents.c.id)
    )
    return tuple(
        Consent(
            purpose=row.purpose,
            given=row.given,
            wording_version=row.wording_version,
            message_id=row.message_id,
            at=row.at,
        )
        for row in rows
    )


def _positions(session: Session, message_ids: set[int]) -> dict[int, int]:
    if not message_ids:
        return {}
    rows = session.execute(select(messages.c.id, messages.c.position).where(messages.c.id.in_(message_ids)))
    return {row.id: row.position for row in rows}
