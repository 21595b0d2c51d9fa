"""Staff say what a message was meant as, a second person decides, and both see the text that would leave."""

import re
from typing import Any

import pytest

from candidacy.assistant.reply import Reply
from candidacy.records.console.corrections import approved_corrections
from candidacy.records.erasure import erase_conversation
from tests.unit.console.test_html import check
from tests.unit.console.visitors import Visitors
from tests.unit.records.console.conftest import Clinic

WROTE = "Zoe Quill here, nights in there? call (646) 555-0123 by 3/4/2026"
LEAVES = "NAME here, nights in there? call PHONE by DATE"
TOPIC = {"kind": "topic", "topic": "faq/hospital_stay"}


@pytest.fixture
def conversation(database: Any, clock: Any, cipher: Any) -> str:
    clinic = Clinic(database=database, now=clock())
    visitors = Visitors(clinic, cipher)
    conversation = visitors.ask_for_consultation()
    clinic.turn(conversation, WROTE, Reply(text="It joins two bones.", kind="answer"))
    return conversation


@pytest.fixture
def address(conversation: str) -> str:
    return f"/conversations/{conversation}/messages/2/correction"


def test_the_page_shows_what_was_written_and_what_would_leave(
    signed_in: Any, address: str, conversation: str, audit: Any
) -> None:
    page = signed_in("agent").get(address)
    check(page.text)
    assert WROTE in page.text
    assert LEAVES in page.text
    assert "Hospital stay" in page.text
    assert "bladder or bowel" in page.text
    entry = audit()[-1]
    assert (entry.action, entry.subject, entry.detail) == (
        "correction.open",
        f"conversation/{conversation}",
        {"position": 1},
    )


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (TOPIC, "Topic: Hospital stay"),
        (
            {"kind": "screening", "asked": "fracture", "fracture": "unknown"},
            "Health questions: Fracture: they do not know; about the visitor; asked for fracture",
        ),
        ({"kind": "red_flag", "danger": "emergency:chest_pain"}, "Danger: emergency, chest pain"),
        ({"kind": "red_flag", "danger": "none:none"}, "Danger: none"),
    ],
)
def test_a_correction_is_proposed(
    signed_in: Any, address: str, conversation: str, audit: Any, fields: dict[str, str], shown: str
) -> None:
    agent = signed_in("agent")
    assert agent.post(address, fields).headers["Location"] == "/corrections?state=proposed"
    entry = audit()[-1]
    assert (entry.action, entry.subject, entry.detail) == (
        "correction.propose",
        f"conversation/{conversation}",
        {"correction": 1, "kind": fields["kind"]},
    )
    page = agent.get("/corrections").text
    check(page)
    assert f"<h2>{shown}</h2>" in re.sub(r",?\s*</h2>", "</h2>", page)
    assert LEAVES in page
    assert "Approve</button>" not in page
    assert (audit()[-1].action, audit()[-1].detail) == ("correction.list", {"corrections": [1]})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "The kind of a correction must be one of"),
        ({"kind": "topic", "topic": "weather"}, "Topic must be one of"),
        ({"kind": "screening", "fracture": "maybe"}, "Fracture must be one of"),
        ({"kind": "red_flag", "danger": "emergency:hunger"}, "Category must be one of"),
    ],
)
def test_a_mistake_is_said(signed_in: Any, address: str, audit: Any, fields: dict[str, str], said: str) -> None:
    page = signed_in("agent").post(address, fields)
    assert page.status_code == 422
    check(page.text)
    assert said in page.text
    assert audit()[-1].action == "staff.sign_in"


def test_only_messages_that_are_there_can_be_corrected(
    signed_in: Any, conversation: str, database: Any, clock: Any
) -> None:
    agent = signed_in("agent")
    elsewhere = ("/conversations/nowhere/messages/1/correction", f"/conversations/{conversation}/messages/9/correction")
    for address in elsewhere:
        assert agent.get(address).status_code == 404
        assert agent.post(address, TOPIC).status_code == 404
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=clock())
    assert agent.get(f"/conversations/{conversation}/messages/2/correction").status_code == 404
    assert agent.post(f"/conversations/{conversation}/messages/2/correction", TOPIC).status_code == 404


def test_a_second_person_approves_it_with_more_taken_out(
    signed_in: Any, address: str, audit: Any, database: Any
) -> None:
    signed_in("agent").post(address, TOPIC)
    reviewer = signed_in("reviewer")
    page = reviewer.get("/corrections").text
    check(page)
    assert 'formaction="/corrections/1/reject"' in page
    assert reviewer.post("/corrections/1/approve", {"text": "nights in there?"}).headers["Location"] == "/corrections"
    assert (audit()[-1].action, audit()[-1].subject) == ("correction.approve", "correction/1")
    with database.session() as session:
        (approved,), _ = approved_corrections(session)
    assert approved.text == "nights in there?"
    approved_page = reviewer.get("/corrections?state=approved").text
    check(approved_page)
    assert "approved by Ann Reviewer" in approved_page
    assert reviewer.post("/corrections/1/reject").status_code == 409
    assert (audit()[-1].action, audit()[-1].outcome) == ("correction.reject", "refused")


def test_a_second_person_refuses_it(signed_in: Any, address: str, audit: Any, database: Any) -> None:
    signed_in("agent").post(address, TOPIC)
    reviewer = signed_in("reviewer")
    assert reviewer.post("/corrections/1/reject").status_code == 303
    assert (audit()[-1].action, audit()[-1].outcome) == ("correction.reject", "done")
    assert "Refused by" in reviewer.get("/corrections?state=rejected").text.replace("refused by", "Refused by")
    with database.session() as session:
        assert approved_corrections(session)[0] == []


def test_nobody_decides_their_own(signed_in: Any, address: str, audit: Any) -> None:
    reviewer = signed_in("reviewer")
    reviewer.post(address, TOPIC)
    page = reviewer.get("/corrections").text
    assert "It is yours: a second person decides it." in page
    assert "Approve</button>" not in page
    answer = reviewer.post("/corrections/1/approve", {"text": LEAVES})
    assert answer.status_code == 409
    assert "A second person must decide this" in answer.text
    assert (audit()[-1].action, audit()[-1].outcome) == ("correction.approve", "refused")


def test_what_is_not_there_cannot_be_decided(signed_in: Any) -> None:
    reviewer = signed_in("reviewer")
    assert reviewer.post("/corrections/7/approve").status_code == 409
    assert reviewer.post("/corrections/7/reject").status_code == 409


def test_empty_lists_say_what_to_do(signed_in: Any) -> None:
    agent = signed_in("agent")
    assert "marks it there" in agent.get("/corrections").text
    assert "There are none." in agent.get("/corrections?state=approved").text
    assert "There are no more." in agent.get("/corrections?after=7").text
    assert agent.get("/corrections?state=lost").status_code == 400


def test_the_list_goes_on_on_further_pages(signed_in: Any, address: str) -> None:
    agent = signed_in("agent")
    for _ in range(51):
        agent.post(address, TOPIC)
    assert "/corrections?state=proposed&amp;after=50" in agent.get("/corrections").text
    assert agent.get("/corrections?state=proposed&after=50").text.count("<blockquote>") == 1


@pytest.mark.parametrize(("role", "sees"), [("reader", False), ("agent", True)])
def test_who_may_not(signed_in: Any, address: str, audit: Any, role: str, sees: bool) -> None:
    browser = signed_in(role)
    assert browser.get("/corrections").status_code == (200 if sees else 403)
    assert browser.get(address).status_code == (200 if sees else 403)
    for step in ("approve", "reject"):
        assert browser.post(f"/corrections/1/{step}").status_code == 403
        assert (audit()[-1].outcome, audit()[-1].detail["role"]) == ("refused", role)
