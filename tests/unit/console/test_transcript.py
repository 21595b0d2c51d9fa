"""A conversation's page: newest turns first, what was understood, and everything that stands beside it."""

import re
from typing import Any

import pytest

from candidacy.assistant.reply import Button, Reply
from candidacy.records.consents import record_consent
from candidacy.records.erasure import erase_conversation
from candidacy.records.screenings import ScreeningAnswer, record_screening
from tests.unit.console.test_html import check
from tests.unit.console.visitors import NAME, SHOWN_PHONE, Visitors
from tests.unit.records.console.conftest import Clinic

ANSWER = Reply(
    text="About an hour.", kind="answer", topic="duration", facts=("F1", "F2"), buttons=(Button("More", "/m"),)
)


@pytest.fixture
def clinic(database: Any, clock: Any) -> Clinic:
    return Clinic(database=database, now=clock())


def positions(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="m(\d+)"', page)]


def test_who_said_what_and_what_was_understood(signed_in: Any, clinic: Clinic, audit: Any) -> None:
    conversation = clinic.begin()
    understanding = {"intent": {"name": "ask_duration", "confidence": 0.91}}
    clinic.turn(conversation, "How <b>long</b>?", ANSWER, understanding=understanding)
    page = signed_in("reader").get(f"/conversations/{conversation}").text
    check(page)
    assert positions(page) == [1, 2]
    for words in ("How &lt;b&gt;long&lt;/b&gt;?", "ask duration (91%)", "About an hour.", "F1, F2", "Buttons: More"):
        assert words in page
    assert (audit()[-1].action, audit()[-1].subject) == ("conversation.view", f"conversation/{conversation}")


def test_the_newest_50_turns_at_once_and_older_ones_on_demand(signed_in: Any, clinic: Clinic, audit: Any) -> None:
    conversation = clinic.begin()
    for number in range(60):
        clinic.turn(conversation, f"Question {number}", ANSWER)
    reader = signed_in("reader")
    newest = reader.get(f"/conversations/{conversation}").text
    older = re.search(rf'href="(/conversations/{conversation}\?before=(\d+))"', newest)
    assert older
    oldest = reader.get(older[1]).text
    check(oldest)
    assert positions(oldest) + positions(newest) == list(range(1, 121))
    assert positions(newest) == list(range(21, 121))
    assert audit()[-1].detail == {"before": int(older[2])}
    assert "data-events" in newest
    assert "data-events" not in oldest


def test_the_screening_links_each_answer_to_its_message(signed_in: Any, clinic: Clinic, cipher: Any) -> None:
    conversation = clinic.begin()
    message = clinic.turn(conversation, "yes I broke L1", ANSWER)
    Visitors(clinic, cipher).ask_for_consultation(conversation_id=conversation)
    with clinic.database.session() as session:
        record_consent(
            session,
            conversation_id=conversation,
            purpose="screening",
            given=True,
            wording_version="7",
            message_id=message,
            now=clinic.now,
        )
        record_screening(
            session,
            cipher=cipher,
            conversation_id=conversation,
            questionnaire_version="1",
            subject="self",
            outcome="reported",
            answers=[
                ScreeningAnswer("fracture", "yes", detail="L1 <2019>", message_id=message),
                ScreeningAnswer("age_related", "unknown"),
            ],
            now=clinic.now,
        )
    page = signed_in("reader").get(f"/conversations/{conversation}").text
    check(page)
    for words in (
        "Have you had a fracture of the spine?",
        "L1 &lt;2019&gt;",
        'href="#m1"',
        "Not known: 1 of 2.",
        "At least one yes",
        NAME,
        SHOWN_PHONE,
        "Agreed, wording 7",
    ):
        assert words in page


def test_an_answer_far_back_links_to_its_page(signed_in: Any, clinic: Clinic) -> None:
    conversation = clinic.begin()
    message = clinic.write(conversation, "yes")
    clinic.answer(conversation, ANSWER)
    with clinic.database.session() as session:
        record_consent(
            session,
            conversation_id=conversation,
            purpose="contact",
            given=False,
            wording_version="1",
            message_id=message,
            now=clinic.now,
        )
    for number in range(60):
        clinic.turn(conversation, f"Question {number}", ANSWER)
    reader = signed_in("reader")
    link = f"/conversations/{conversation}?before=21#m1"
    assert link in reader.get(f"/conversations/{conversation}").text
    assert 1 in positions(reader.get(link).text)


@pytest.mark.parametrize("conversation", ["nowhere", "a%20b", "x" * 80])
def test_there_is_nothing_elsewhere(signed_in: Any, conversation: str, audit: Any) -> None:
    reader = signed_in("reader")
    before = len(audit())
    for path in ("", "/events"):
        assert reader.get(f"/conversations/{conversation}{path}").status_code == 404
    assert len(audit()) == before


def test_a_deleted_conversation_is_gone(signed_in: Any, clinic: Clinic) -> None:
    conversation = clinic.begin()
    with clinic.database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=clinic.now)
    page = signed_in("agent").get(f"/conversations/{conversation}")
    assert page.status_code == 404
    assert "it was deleted" in page.text


def test_an_empty_conversation_says_what_will_be_there(signed_in: Any, clinic: Clinic) -> None:
    page = signed_in("agent").get(f"/conversations/{clinic.begin()}").text
    check(page)
    assert "Nothing was written yet" in page


def test_a_reader_sees_no_button_that_changes_anything(signed_in: Any, clinic: Clinic) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "I cannot feel my legs", Reply(text="Call 911 now.", kind="emergency"))
    page = signed_in("reader").get(f"/conversations/{conversation}").text
    check(page)
    assert f'action="/conversations/{conversation}' not in page
    assert "nobody has acknowledged it yet" in page
