"""The actions that finish a form look at every answer themselves: Rasa may run them without one filled."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import insert, update

from actions.base import ClinicAction
from actions.consultation import ActionSubmitConsultation, ValidateConsultationForm
from actions.context import Context
from actions.course import ActionResume, ActionStartOver, ActionTakeOffer
from actions.screening import ActionSubmitScreening, ValidateScreeningForm
from candidacy.casework.call_back_rules import load_call_back_rules
from candidacy.dialogue.follow_up import load_follow_ups
from candidacy.machine import clinic_texts
from candidacy.records.console.call_backs import call_back_page
from candidacy.records.console.legal_holds import place_hold
from candidacy.records.consultation_requests import find_request
from candidacy.records.conversations import conversation_state, ensure_conversation
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.messages import messages_after, receive
from candidacy.records.migrate import migrate
from candidacy.records.screenings import latest_screening
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations
from candidacy.screening.questionnaire import load_questionnaire
from candidacy.settings import read_settings

SCREENING = {
    "screening_consent": "yes",
    "screening_subject": "self",
    "screening_adult": "yes",
    "screening_danger": "no",
    "fracture": "no",
    "age_related": "no",
    "stenosis_surgery": "no",
    "screening_read_back": "yes",
}
REQUEST = {
    "contact_name": "Ann Lee",
    "contact_phone": "+12124300312",
    "contact_method": "call",
    "contact_time": "any",
    "contact_note": "skipped",
    "contact_consent": "yes",
    "contact_review": "yes",
}


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    url = f"sqlite:///{tmp_path / 'candidacy.db'}"
    migrate(url)
    database = Database(url)
    yield Context(
        database=database,
        cipher=Cipher([Fernet.generate_key().decode()]),
        texts=clinic_texts(read_settings({})),
        questionnaire=load_questionnaire(),
        follow_ups=load_follow_ups(),
        region="US",
        call_backs=load_call_back_rules(hours=read_settings({}).hours, timezone=read_settings({}).timezone),
        now=lambda: datetime.now(timezone.utc),
    )
    database.dispose()


def run(action: ClinicAction, slots: dict[str, Any], *, intent: str | None = None) -> tuple[list[str], dict[str, Any]]:
    """What an action says, and the slots it sets."""
    latest = {"intent": {"name": intent, "confidence": 1.0}, "text": f"/{intent}"} if intent else {}
    tracker = Tracker("c1", slots, latest, [{"event": "user", "input_channel": "web"}], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    said = [message["response"] for message in dispatcher.messages]
    return said, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


@pytest.mark.parametrize("missing", SCREENING)
def test_a_screening_with_an_answer_missing_is_not_said_to_be_done(context: Context, missing: str) -> None:
    said, slots = run(ActionSubmitScreening(context), {**SCREENING, missing: None})
    assert said == ["utter_outcome_incomplete"]
    assert slots["paused_form"] == "screening_form"
    with context.database.read_session() as session:
        assert latest_screening(session, cipher=context.cipher, conversation_id="c1") is None


def test_a_whole_screening_is_stored(context: Context) -> None:
    said, _ = run(ActionSubmitScreening(context), SCREENING)
    assert said == ["utter_outcome_nothing_reported"]
    with context.database.read_session() as session:
        assert latest_screening(session, cipher=context.cipher, conversation_id="c1") is not None


@pytest.mark.parametrize("missing", REQUEST)
def test_a_request_with_a_field_missing_is_not_said_to_be_sent(context: Context, missing: str) -> None:
    said, _ = run(ActionSubmitConsultation(context), {**REQUEST, missing: None})
    assert said == ["utter_request_incomplete"]
    with context.database.read_session() as session:
        assert find_request(session, cipher=context.cipher, conversation_id="c1") is None


def test_a_whole_request_is_stored(context: Context) -> None:
    said, _ = run(ActionSubmitConsultation(context), REQUEST)
    assert said == ["utter_request_sent"]


def test_a_turn_that_runs_twice_stores_one_request_and_says_its_reference_again(context: Context) -> None:
    for said in (["utter_request_sent"], ["utter_request_updated"]):
        assert run(ActionSubmitConsultation(context), REQUEST)[0] == said
    with context.database.read_session() as session:
        calls, _ = call_back_page(session, cipher=context.cipher)
    assert len(calls) == 1


def test_a_turn_that_deletes_twice_leaves_what_the_same_person_texted_since(context: Context) -> None:
    def text(conversation_id: str, words: str) -> None:
        with context.database.session() as session:
            ensure_conversation(session, conversation_id=conversation_id, channel="sms", now=context.now())
            session.execute(update(conversations).where(conversations.c.id == conversation_id).values(texter_key="ann"))
            receive(session, conversation_id=conversation_id, client_id=None, text=words, now=context.now())

    text("c1", "delete my data")
    assert run(ActionTakeOffer(context), {"offer": "erasure"})[0] == ["utter_deleted"]
    text("c2", "is the clinic open?")
    assert run(ActionTakeOffer(context), {"offer": "erasure"})[0] == ["utter_deleted"]
    with context.database.read_session() as session:
        assert [view.text for view in messages_after(session, conversation_id="c2")] == ["is the clinic open?"]


def test_an_offer_to_delete_does_not_outlive_another_message(context: Context) -> None:
    _, slots = run(ActionStartOver(context), {"offer": "erasure"})
    assert slots["offer"] is None


@pytest.mark.parametrize(("offer", "state"), [("erasure", "closed"), (None, None), ("screening", None)])
def test_only_the_offer_to_delete_deletes(context: Context, offer: str | None, state: str | None) -> None:
    run(ActionTakeOffer(context), {"offer": offer})
    with context.database.read_session() as session:
        assert conversation_state(session, conversation_id="c1") == state


def test_a_conversation_under_a_legal_hold_is_kept_and_the_visitor_is_told(context: Context) -> None:
    run(ActionTakeOffer(context), {"offer": "person"})
    with context.database.session() as session:
        account = {"id": 1, "sign_in_name": "ann", "full_name": "Ann", "role": "agent", "created_at": context.now()}
        session.execute(insert(staff_accounts).values(account))
        place_hold(
            session, cipher=context.cipher, conversation_id="c1", staff_id=1, reason="lawsuit", now=context.now()
        )

    said, slots = run(ActionTakeOffer(context), {"offer": "erasure"})

    assert (said, slots["offer"]) == (["utter_delete_on_hold"], None)
    with context.database.read_session() as session:
        assert conversation_state(session, conversation_id="c1") == "waiting"


def test_a_request_is_due_while_the_clinic_is_open(context: Context) -> None:
    run(ActionSubmitConsultation(context), REQUEST)
    with context.database.read_session() as session:
        (call,), _ = call_back_page(session, cipher=context.cipher)
    assert call.due_at == context.call_backs.due(call.requested_at)


@pytest.mark.parametrize(
    ("intent", "paused", "says"),
    [
        ("handed_back", None, ["utter_after_person"]),
        ("handed_back", "screening_form", []),
        ("resume", None, ["utter_nothing_to_resume"]),
    ],
)
def test_after_a_person_the_assistant_goes_back_to_the_form(
    context: Context, intent: str, paused: str | None, says: list[str]
) -> None:
    said, slots = run(ActionResume(context), {"paused_form": paused, "offer": "person"}, intent=intent)
    assert said == says
    assert slots["offer"] is None


@pytest.mark.parametrize("form", [ValidateScreeningForm, ValidateConsultationForm])
def test_handed_back_in_a_form_its_question_is_put_again_and_nothing_is_answered(
    context: Context, form: type[ClinicAction]
) -> None:
    given = {**SCREENING, "fracture": None} if form is ValidateScreeningForm else {**REQUEST, "contact_name": None}
    asked = "fracture" if form is ValidateScreeningForm else "contact_name"

    _, slots = run(form(context), {**given, "requested_slot": asked}, intent="handed_back")

    assert slots["requested_slot"] == asked
    assert slots.get(asked) is None
