"""The numbers' page: plots with a table beside each, and every number a link that lists as many as it says."""

import html
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from candidacy.assistant.reply import Reply
from candidacy.casework.inbox_filter import read_filter
from candidacy.records.console.claims import claim
from candidacy.records.console.inbox import inbox_page
from candidacy.records.conversations import request_person
from tests.unit.console.test_html import check
from tests.unit.console.visitors import Visitors
from tests.unit.records.console.conftest import NOTICE, Clinic


@pytest.fixture
def busy(database: Any, clock: Any, cipher: Any, hire: Any) -> None:
    person = hire("agent")
    clinic = Clinic(database=database, now=clock())
    for channel, reply in (
        ("web", Reply(text="It joins two bones.", kind="answer", topic="faq/types")),
        ("web", Reply(text="No answer.", kind="not_covered", topic="not_covered/cost")),
        ("sms", Reply(text="Call 911.", kind="emergency")),
        ("sms", Reply(text="?", kind="question", topic="fracture")),
    ):
        clinic.turn(clinic.begin(channel=channel), "hello", reply)
    Visitors(clinic, cipher).ask_for_consultation()
    waiting = clinic.begin()
    with database.session() as session:
        request_person(session, conversation_id=waiting, now=clock())
        later = clock() + timedelta(minutes=3)
        claim(session, conversation_id=waiting, staff_id=person.account.id, notice=NOTICE, now=later)


def test_each_link_lists_as_many_as_its_number_says(busy: None, signed_in: Any, database: Any, settings: Any) -> None:
    page = signed_in("reader").get("/numbers").text
    check(page)
    rows = re.findall(r'<td><a href="([^"]+)">(\d+)</a></td>', page)
    bars = re.findall(r'<a href="([^"]+)" aria-label="[^"]*: (\d+)">', page)
    assert rows == bars
    assert len(rows) > 8
    for address, count in rows:
        parts = urlsplit(html.unescape(address))
        assert parts.path == "/inbox"
        with database.read_session() as session:
            listed = inbox_page(session, narrowed=read_filter(dict(parse_qsl(parts.query))), timezone=settings.timezone)
        assert len(listed.rows) == int(count)


def test_it_says_what_is_counted(busy: None, signed_in: Any) -> None:
    page = signed_in("reader").get("/numbers").text
    for said in (
        "6 conversations",
        "Wrote something: 4",
        "Cost (not covered): 1",
        "Emergency: 1",
        "Web chat: 4",
        "A person came: 1",
        "After 1 to 5 minutes: 1",
        "half of the waits took at most 3 min",
    ):
        assert said in page
    assert re.findall(r'<svg class="plot" role="group"', page)


def test_days_without_any_say_what_to_do(busy: None, signed_in: Any) -> None:
    page = signed_in("reader").get("/numbers?begun_from=2020-01-01&begun_to=2020-01-02").text
    check(page)
    assert "Choose others above" in page


@pytest.mark.parametrize(
    "query",
    ["begun_from=x", "begun_from=2030-05-02&begun_to=2030-05-01", "begun_from=1000-01-01", "begun_to=0001-01-01"],
)
def test_dates_that_cannot_be_are_said(signed_in: Any, query: str) -> None:
    page = signed_in("reader").get(f"/numbers?{query}")
    assert page.status_code == 400
    check(page.text)
    assert "Below are the last days instead." in page.text
