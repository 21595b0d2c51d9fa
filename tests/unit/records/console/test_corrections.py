"""Corrections need a second person, and carry nothing that identifies the visitor."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from candidacy.assistant.reply import Reply
from candidacy.casework.correction import CorrectionError, Vocabulary
from candidacy.casework.redaction import load_redaction
from candidacy.records.console.corrections import (
    CorrectionRefused,
    approved_corrections,
    corrections_of,
    corrections_page,
    decide_correction,
    propose_correction,
)
from candidacy.records.console.tables import corrections
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.messages import say
from tests.unit.records.console.conftest import ANN, BEN, Clinic

Ask = Callable[..., Any]
VOCABULARY = Vocabulary(topics=("faq/hospital_stay",), questions=("fracture",), categories={})
ANSWER = Reply(text="It joins two bones.", kind="answer")


@pytest.fixture
def conversation(clinic: Clinic, do: Ask, cipher: Cipher) -> str:
    conversation = clinic.begin()
    clinic.turn(conversation, "zoe here, nights in there? call (646) 555-0123 by 3/4/2026", ANSWER)
    do(
        submit_request,
        cipher=cipher,
        conversation_id=conversation,
        details=RequestDetails(name="Zoe", phone_e164="+16465550123", method="call", time="any"),
        consent_wording_version="1",
        now=clinic.now,
    )
    return conversation


@pytest.fixture
def propose(clinic: Clinic, conversation: str, do: Ask, cipher: Cipher) -> Callable[..., int]:
    def run(position: int = 2, **changes: Any) -> int:
        correction: int = do(
            propose_correction,
            cipher=cipher,
            redaction=load_redaction(region="US"),
            vocabulary=VOCABULARY,
            conversation_id=conversation,
            position=position,
            **{
                "staff_id": ANN,
                "kind": "topic",
                "meant": {"topic": "faq/hospital_stay"},
                "now": clinic.now,
                **changes,
            },
        )
        return correction

    return run


def test_a_wrong_reply_corrects_the_message_it_answered(propose: Any, ask: Ask, conversation: str) -> None:
    propose(position=2)
    (correction,) = ask(corrections_page)
    assert (correction.position, correction.proposed_by, correction.state) == (1, "Ann", "proposed")
    assert correction.text == "NAME here, nights in there? call PHONE by DATE"
    assert ask(corrections_of, conversation_id=conversation) == [correction]


def test_approved_by_a_second_person_it_may_teach(
    propose: Any, do: Ask, ask: Ask, clinic: Clinic, conversation: str
) -> None:
    correction = propose()
    assert do(approved_corrections) == ([], [])

    do(
        decide_correction,
        correction_id=correction,
        reviewer_id=BEN,
        approved=True,
        text="nights in there?",
        now=clinic.now,
    )

    (approved,), conversations = do(approved_corrections)
    assert (approved.text, approved.meant) == ("nights in there?", {"topic": "faq/hospital_stay"})
    assert conversations == [conversation]
    (kept,) = ask(corrections_page, state="approved")
    assert kept.reviewed_by == "Ben"


def test_rejected_it_does_not(propose: Any, do: Ask, clinic: Clinic) -> None:
    do(decide_correction, correction_id=propose(), reviewer_id=BEN, approved=False, now=clinic.now)
    assert do(approved_corrections) == ([], [])


def test_nobody_approves_their_own(propose: Any, do: Ask, clinic: Clinic, database: Database) -> None:
    correction = propose()
    with pytest.raises(CorrectionRefused, match="a second person"):
        do(decide_correction, correction_id=correction, reviewer_id=ANN, approved=True, now=clinic.now)

    def force() -> None:
        with database.session() as session:
            session.execute(update(corrections).values(reviewer_id=ANN, state="approved"))

    with pytest.raises(IntegrityError):
        force()


def test_what_is_decided_stays_decided(propose: Any, do: Ask, clinic: Clinic) -> None:
    correction = propose()
    decide = {"correction_id": correction, "reviewer_id": BEN, "now": clinic.now}
    with pytest.raises(CorrectionRefused, match="must not be empty"):
        do(decide_correction, approved=True, text=" ", **decide)
    do(decide_correction, approved=True, **decide)
    with pytest.raises(CorrectionRefused, match="approved already"):
        do(decide_correction, approved=False, **decide)
    with pytest.raises(CorrectionRefused, match="no such correction"):
        do(decide_correction, correction_id=99, reviewer_id=BEN, approved=True, now=clinic.now)


def test_only_what_a_visitor_said_can_be_corrected(propose: Any, do: Ask, clinic: Clinic, conversation: str) -> None:
    do(
        say,
        conversation_id=conversation,
        replies=[Reply(text="Notice.", kind="notice")],
        author="system",
        now=clinic.now,
    )
    for position in (3, 99):
        with pytest.raises(CorrectionRefused, match="neither a visitor's message"):
            propose(position=position)
    with pytest.raises(CorrectionError, match="topic must be one of"):
        propose(meant={"topic": "weather"})
