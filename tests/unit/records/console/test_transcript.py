"""A conversation as staff read it."""

from collections.abc import Callable
from typing import Any

from candidacy.assistant.reply import Button, Reply
from candidacy.records.consents import record_consent
from candidacy.records.console.beside import beside_transcript
from candidacy.records.console.transcript import conversation_header, transcript_after, transcript_page
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.encryption import Cipher
from candidacy.records.messages import receive, say
from candidacy.records.screenings import ScreeningAnswer, record_screening
from tests.unit.records.console.conftest import Clinic

Ask = Callable[..., Any]
ANSWER = Reply(
    text="A few days.",
    kind="answer",
    topic="faq/hospital_stay",
    facts=("F6",),
    buttons=(Button(title="More", payload="/more"),),
)
FAQ = {"intent": {"name": "faq", "confidence": 0.9}}


def test_a_message_with_all_that_is_known_of_it(clinic: Clinic, ask: Ask) -> None:
    conversation = clinic.begin()
    asked = clinic.turn(conversation, "how long?", ANSWER, understanding=FAQ)

    question, answer = ask(transcript_page, conversation_id=conversation).messages

    assert (question.author, question.text, question.understanding) == ("visitor", "how long?", FAQ)
    assert (answer.kind, answer.topic, answer.facts, answer.buttons) == (
        "answer",
        "faq/hospital_stay",
        ("F6",),
        ("More",),
    )
    assert answer.in_reply_to == asked == question.id


def test_each_message_says_the_way_it_went(clinic: Clinic, do: Ask, ask: Ask) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "by the website", ANSWER)
    with clinic.database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="by text", channel="sms", now=clinic.now)
    do(say, conversation_id=conversation, replies=[ANSWER], delivery_state="queued", now=clinic.now)
    found = ask(transcript_page, conversation_id=conversation).messages
    assert [message.channel for message in found] == ["web", "web", "sms", "sms"]
    texts = clinic.begin(channel="sms")
    clinic.turn(texts, "hello", ANSWER)
    assert {message.channel for message in ask(transcript_page, conversation_id=texts).messages} == {"sms"}


def test_the_newest_turns_and_older_ones_on_demand(clinic: Clinic, do: Ask, ask: Ask) -> None:
    conversation = clinic.begin()
    do(say, conversation_id=conversation, replies=[Reply(text="Welcome.", kind="notice")], now=clinic.now)
    for number in range(7):
        clinic.turn(conversation, f"question {number}", ANSWER, ANSWER)

    pages, before = [], None
    while True:
        page = ask(transcript_page, conversation_id=conversation, before=before, turns=3)
        pages.append([message.position for message in page.messages])
        before = page.older_before
        if before is None:
            break

    assert pages == [list(range(14, 23)), list(range(5, 14)), list(range(1, 5))]


def test_what_is_new_since_a_position(clinic: Clinic, ask: Ask) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "one", ANSWER)
    assert [message.position for message in ask(transcript_after, conversation_id=conversation, position=1)] == [2]


def test_an_unknown_conversation_has_no_header(clinic: Clinic, ask: Ask) -> None:
    assert ask(conversation_header, conversation_id="nobody") is None
    assert ask(transcript_page, conversation_id="nobody").messages == ()


def test_beside_it_each_answer_names_its_message(clinic: Clinic, do: Ask, ask: Ask, cipher: Cipher) -> None:
    conversation = clinic.begin()
    first = clinic.turn(conversation, "yes, L1", ANSWER)
    common = {"conversation_id": conversation, "now": clinic.now}
    do(record_consent, purpose="screening", given=True, wording_version="1", message_id=first, **common)
    answers = [
        ScreeningAnswer(question="fracture", value="yes", detail="L1", message_id=first),
        ScreeningAnswer(question="age_related", value="unknown"),
    ]
    do(
        record_screening,
        cipher=cipher,
        questionnaire_version="1",
        subject="self",
        outcome="reported",
        answers=answers,
        **common,
    )
    details = RequestDetails(name="Ann", phone_e164="+16465550123", method="call", time="any")
    do(submit_request, cipher=cipher, details=details, consent_wording_version="1", **common)

    beside = ask(beside_transcript, cipher=cipher, conversation_id=conversation)

    assert beside.screening.answers == tuple(answers)
    assert (beside.unknown, beside.positions) == (("age_related",), {first: 1})
    assert (beside.request.status, beside.request.request.details) == ("new", details)
    assert [consent.purpose for consent in beside.consents] == ["screening"]
    assert ask(conversation_header, conversation_id=conversation).outcome == "reported"


def test_beside_an_empty_conversation_is_nothing(clinic: Clinic, ask: Ask, cipher: Cipher) -> None:
    beside = ask(beside_transcript, cipher=cipher, conversation_id=clinic.begin())
    assert (beside.screening, beside.request, beside.consents, beside.unknown) == (None, None, (), ())
