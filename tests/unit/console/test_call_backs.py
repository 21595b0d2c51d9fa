"""Agents work through the call-backs: overdue first, taken by one, tried and closed; each step is in the audit."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.unit.console.test_html import check
from tests.unit.console.visitors import NAME, PHONE, SHOWN_PHONE, Visitors
from tests.unit.records.console.conftest import Clinic


@pytest.fixture
def visitors(database: Any, clock: Any, cipher: Any) -> Visitors:
    return Visitors(Clinic(database=database, now=clock()), cipher)


def last(audit: Any) -> tuple[Any, ...]:
    entry = audit()[-1]
    return entry.action, entry.subject, entry.outcome


def test_nobody_waits(signed_in: Any, audit: Any) -> None:
    page = signed_in("agent").get("/call-backs")
    check(page.text)
    assert "Nobody waits for a call" in page.text
    assert (audit()[-1].action, audit()[-1].detail) == ("call_back.list", {"call_backs": []})


def test_the_queue_shows_the_overdue_first_with_age_and_due_time(
    signed_in: Any, visitors: Visitors, clock: Any
) -> None:
    visitors.ask_for_consultation(due_in=timedelta(hours=30))
    visitors.ask_for_consultation(due_in=timedelta(minutes=30))
    agent = signed_in("agent")
    clock.advance(hours=0.2)
    assert "Overdue" not in agent.get("/call-backs").text
    clock.advance(hours=0.2)
    agent.get("/call-backs")
    clock.advance(hours=0.2)
    page = agent.get("/call-backs").text
    check(page)
    assert re.findall(r'href="/call-backs/(\d+)"', page) == ["2", "1"]
    assert page.count("<strong>Overdue.</strong>") == 1
    assert "May 1, 2030, 08:30" in page
    assert "37 min ago" in " ".join(page.split())
    assert NAME in page
    assert SHOWN_PHONE in page


def test_the_queue_goes_on_on_further_pages(signed_in: Any, visitors: Visitors) -> None:
    for number in range(52):
        visitors.ask_for_consultation(due_in=timedelta(minutes=number))
    agent = signed_in("agent")
    first = agent.get("/call-backs").text
    further = re.search(r'href="(/call-backs\?after=[^"]+)"', first)
    assert further
    second = agent.get(further[1]).text
    check(second)
    assert re.findall(r'href="/call-backs/(\d+)"', first + second) == [str(number) for number in range(1, 53)]
    assert "There are no more" in agent.get("/call-backs?after=2099-01-01T00:00:00_1").text


@pytest.mark.parametrize("after", ["x", "_", "2030-01-01_x", "2030-01-01_\u00b2", "2030-01-01_" + "9" * 30])
def test_a_page_that_cannot_be_is_refused(signed_in: Any, after: str) -> None:
    assert signed_in("agent").get("/call-backs", params={"after": after}).status_code == 400


def test_one_call_back_shows_what_is_needed_to_call(signed_in: Any, visitors: Visitors, audit: Any) -> None:
    conversation = visitors.ask_for_consultation()
    page = signed_in("agent").get("/call-backs/1").text
    check(page)
    for shown in (NAME, f'href="tel:{PHONE}"', "a walker", f"/conversations/{conversation}", "Mon-Fri 09:00-17:00"):
        assert shown in page
    assert last(audit) == ("call_back.view", "call-back/1", "done")
    assert audit()[-1].detail == {"conversation": conversation}


def test_what_is_not_there_is_not_found(signed_in: Any) -> None:
    agent = signed_in("agent")
    assert agent.get("/call-backs/7").status_code == 404
    assert agent.get("/call-backs/" + "9" * 30).status_code == 404
    for step in ("claim", "release", "attempts", "close"):
        assert agent.post(f"/call-backs/7/{step}").status_code == 404


def test_one_takes_it_and_the_others_see_who(signed_in: Any, hire: Any, visitors: Visitors, audit: Any) -> None:
    visitors.ask_for_consultation()
    ann, ben = signed_in("agent"), signed_in(person=hire("agent", sign_in_name="ben"))
    assert ann.post("/call-backs/1/claim").headers["Location"] == "/call-backs/1"
    assert last(audit) == ("call_back.claim", "call-back/1", "done")
    assert ben.post("/call-backs/1/claim").status_code == 409
    assert last(audit) == ("call_back.claim", "call-back/1", "refused")
    seen = ben.get("/call-backs/1").text
    check(seen)
    assert "Ann Agent works on it" in seen
    assert 'action="/call-backs/1/attempts"' not in seen
    assert "/call-backs/1" in ann.get("/call-backs?mine=yes").text
    assert "You have taken none" in ben.get("/call-backs?mine=yes").text
    for step, fields in (("attempts", {"outcome": "reached"}), ("close", {"reason": "a duplicate"}), ("release", {})):
        assert ben.post(f"/call-backs/1/{step}", fields).status_code == 409
        assert audit()[-1].outcome == "refused"


def test_it_is_left_for_others(signed_in: Any, visitors: Visitors, audit: Any) -> None:
    visitors.ask_for_consultation()
    agent = signed_in("agent")
    agent.post("/call-backs/1/claim")
    assert agent.post("/call-backs/1/release").headers["Location"] == "/call-backs"
    assert last(audit) == ("call_back.release", "call-back/1", "done")
    assert "Nobody has taken it" in agent.get("/call-backs").text


@pytest.mark.parametrize("outcome", ["reached", "scheduled", "declined"])
def test_a_call_that_ends_it_closes_it(signed_in: Any, visitors: Visitors, audit: Any, outcome: str) -> None:
    visitors.ask_for_consultation()
    agent = signed_in("agent")
    assert agent.post("/call-backs/1/attempts", {"outcome": outcome, "note": "all is well"}).status_code == 303
    assert last(audit) == ("call_back.attempt", "call-back/1", "done")
    assert audit()[-1].detail == {"outcome": outcome}
    page = agent.get("/call-backs/1").text
    check(page)
    assert "Closed <time" in page
    assert "all is well" in page
    assert "Nobody waits" in agent.get("/call-backs").text
    assert agent.post("/call-backs/1/attempts", {"outcome": outcome}).status_code == 409
    assert audit()[-1].outcome == "refused"


@pytest.mark.parametrize("outcome", ["voicemail", "wrong_number"])
def test_a_call_that_does_not_is_due_again_in_open_hours(signed_in: Any, visitors: Visitors, outcome: str) -> None:
    visitors.ask_for_consultation()
    agent = signed_in("agent")
    agent.post("/call-backs/1/attempts", {"outcome": outcome})
    # Eight hours of afternoons (12:00-17:00) from Wednesday, 08:00.
    assert "May 2, 2030, 15:00" in agent.get("/call-backs/1").text
    assert "Tried 1 time." in " ".join(agent.get("/call-backs").text.split())


def test_the_next_attempt_may_be_another_time_at_the_clinic(signed_in: Any, visitors: Visitors) -> None:
    visitors.ask_for_consultation()
    agent = signed_in("agent")
    agent.post("/call-backs/1/attempts", {"outcome": "voicemail", "next_attempt_at": "2030-05-03T10:15"})
    assert "May 3, 2030, 10:15" in agent.get("/call-backs/1").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outcome": "lost"}, "The outcome of an attempt must be one of"),
        ({"outcome": "voicemail", "next_attempt_at": "soon"}, "must be a date and time like"),
        ({"outcome": "voicemail", "next_attempt_at": "2020-05-03T10:15"}, "must be later than now"),
        ({"outcome": "reached", "next_attempt_at": "2030-05-03T10:15"}, "This outcome closes the call-back"),
        ({"outcome": "voicemail", "note": "x" * 2001}, "must have at most 2000 characters; it has 2001"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    signed_in: Any, visitors: Visitors, audit: Any, fields: dict[str, str], said: str
) -> None:
    visitors.ask_for_consultation()
    agent = signed_in("agent")
    page = agent.post("/call-backs/1/attempts", {"note": "typed before", **fields})
    assert page.status_code == 422
    check(page.text)
    assert said in page.text
    assert fields.get("note", "typed before") in page.text
    assert audit()[-1].action == "staff.sign_in"


def test_it_is_closed_without_a_call_for_a_reason(signed_in: Any, visitors: Visitors, audit: Any) -> None:
    visitors.ask_for_consultation()
    agent = signed_in("agent")
    page = agent.post("/call-backs/1/close", {"reason": " "})
    assert page.status_code == 422
    check(page.text)
    assert "Say why" in page.text
    assert agent.post("/call-backs/1/close", {"reason": "came by in person"}).headers["Location"] == "/call-backs"
    assert (*last(audit), audit()[-1].reason) == ("call_back.close", "call-back/1", "done", "came by in person")


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_who_does_not_call_sees_no_call_backs(signed_in: Any, visitors: Visitors, audit: Any, role: str) -> None:
    visitors.ask_for_consultation()
    browser = signed_in(role)
    for answer in (
        browser.get("/call-backs"),
        browser.get("/call-backs/1"),
        *(browser.post(f"/call-backs/1/{step}") for step in ("claim", "release", "attempts", "close")),
    ):
        assert answer.status_code == 403
        assert NAME not in answer.text
        assert (audit()[-1].outcome, audit()[-1].detail["role"]) == ("refused", role)
