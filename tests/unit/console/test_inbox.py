"""The inbox: what is listed in which order, what narrows it, filters that are kept, and its rows for an open page."""

import re
from typing import Any

import pytest

from candidacy.assistant.reply import Reply
from candidacy.records.console.tags import add_tag
from candidacy.records.conversations import request_person
from tests.unit.console.test_html import check
from tests.unit.records.console.conftest import Clinic

EMERGENCY = Reply(text="Call 911 now.", kind="emergency")
ANSWER = Reply(text="About an hour.", kind="answer", topic="duration", facts=("F1",))


@pytest.fixture
def clinic(database: Any, clock: Any) -> Clinic:
    return Clinic(database=database, now=clock())


def listed(page: str) -> list[str]:
    return re.findall(r'data-id="([^"]+)"', page)


def test_an_empty_inbox_says_what_will_be_there(signed_in: Any, audit: Any) -> None:
    page = signed_in("reader").get("/inbox")
    check(page.text)
    assert "Nobody has written yet" in page.text
    assert (audit()[-1].action, audit()[-1].detail) == ("conversation.list", {"filters": [], "conversations": 0})


def test_red_flags_stand_first_and_the_rest_by_last_activity(signed_in: Any, clinic: Clinic, clock: Any) -> None:
    first, second, third = clinic.begin(), clinic.begin(), clinic.begin()
    clinic.turn(second, "I cannot feel my legs <b>now</b>", EMERGENCY)
    clock.advance(minutes=1)
    clinic.turn(first, "How long does it take?", ANSWER, at=clock())
    clock.advance(minutes=1)
    clinic.turn(third, "Is there a scar?", ANSWER, at=clock())
    page = signed_in("reader").get("/inbox").text
    check(page)
    assert listed(page) == [second, third, first]
    assert "Red flag: emergency" in page
    assert "Visitor: How long does it take?" in page


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("red_flag=yes", 0),
        ("alarming=yes&state=assistant", 0),
        ("tag=knee", 1),
        ("channel=sms", 2),
        ("state=waiting&outcome=&tag=", 3),
        ("active_from=2030-05-01&active_to=2030-05-01&channel=sms", 2),
    ],
)
def test_filters_combine_and_live_in_the_address(
    signed_in: Any, clinic: Clinic, hire: Any, query: str, position: int
) -> None:
    ids = [clinic.begin(channel=channel) for channel in ("web", "web", "sms", "web")]
    clinic.turn(ids[0], "I cannot feel my legs", EMERGENCY)
    person = hire("agent")
    with clinic.database.session() as session:
        add_tag(session, conversation_id=ids[1], staff_id=person.account.id, tag="knee", now=clinic.now)
        request_person(session, conversation_id=ids[3], now=clinic.now)
    page = signed_in(person=person).get(f"/inbox?{query}").text
    check(page)
    assert listed(page) == [ids[position]]


def test_a_filter_that_fits_nothing_says_so(signed_in: Any, clinic: Clinic) -> None:
    clinic.begin()
    assert "No conversation is like this" in signed_in("reader").get("/inbox?channel=sms").text


def test_what_is_shown_is_said_and_can_be_taken_off(signed_in: Any, clinic: Clinic) -> None:
    clinic.turn(clinic.begin(), "How long?", ANSWER)
    page = signed_in("reader").get("/inbox?state=assistant&topic=duration").text
    check(page)
    assert re.findall(r'href="([^"]+)" aria-label="Take off: ([^"]+)"', page) == [
        ("/inbox?topic=duration", "State: With the assistant"),
        ("/inbox?state=assistant", "Asked about: Duration"),
    ]
    assert '<input type="hidden" name="topic" value="duration">' in page


@pytest.mark.parametrize("path", ["/inbox", "/inbox/rows"])
@pytest.mark.parametrize("query", ["state=asleep", "active_from=yesterday", "assignee_id=me", "red_flag=maybe"])
def test_a_filter_that_cannot_be_read_is_refused_by_name(signed_in: Any, path: str, query: str) -> None:
    page = signed_in("reader").get(f"{path}?{query}")
    assert page.status_code == 400
    assert query.split("=")[0] in page.text.lower()


def test_the_inbox_goes_on_on_further_pages(signed_in: Any, clinic: Clinic, clock: Any) -> None:
    ids = []
    for _ in range(53):
        clock.advance(seconds=1)
        ids.append(clinic.begin(at=clock()))
    reader = signed_in("reader")
    first = reader.get("/inbox").text
    older = re.search(r'id="older" href="([^"]+)"', first)
    assert older
    second = reader.get(older[1]).text
    check(second)
    assert listed(first) + listed(second) == list(reversed(ids))
    assert "data-rows" in first
    assert "data-rows" not in second


def test_an_open_page_reads_the_same_rows(signed_in: Any, clinic: Clinic) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "I cannot feel my legs", EMERGENCY)
    reader = signed_in("reader")
    (row,) = reader.get("/inbox/rows?red_flag=yes").json()["rows"]
    assert (row["id"], row["alarming"], row["excerpt"]) == (conversation, True, "Visitor: I cannot feel my legs")
    assert reader.get("/inbox/rows?channel=sms").json() == {"rows": [], "older": None}


def test_filters_are_kept_under_a_name_by_each_for_themselves(signed_in: Any, audit: Any) -> None:
    agent, reader = signed_in("agent"), signed_in("reader")
    kept = agent.post("/inbox/filters", {"name": " Texts that <wait> ", "channel": "sms", "state": "waiting"})
    assert (kept.status_code, kept.headers["location"]) == (303, "/inbox?channel=sms&state=waiting")
    assert (audit()[-1].action, audit()[-1].detail) == ("filter.save", {"filters": ["channel", "state"]})
    page = agent.get("/inbox").text
    check(page)
    assert "Texts that &lt;wait&gt;" in page
    assert "/inbox?channel=sms&amp;state=waiting" in page
    assert "Texts that" not in reader.get("/inbox").text
    assert reader.post("/inbox/filters/1/forget").status_code == 404
    assert agent.post("/inbox/filters/1/forget").status_code == 303
    assert "Texts that" not in agent.get("/inbox").text


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_filter_needs_a_name(signed_in: Any, name: str) -> None:
    page = signed_in("agent").post("/inbox/filters", {"name": name, "channel": "sms"})
    assert page.status_code == 422
    assert "must have 1 to 60 characters" in page.text
    check(page.text)
