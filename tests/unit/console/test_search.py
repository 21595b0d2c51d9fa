"""The search by words, name and number; what is searched for stands in no address and no entry of the audit."""

from datetime import timedelta
from typing import Any

import pytest

from candidacy.assistant.reply import Reply
from candidacy.records.console.tags import add_tag
from tests.unit.console.test_html import check
from tests.unit.console.visitors import NAME, SHOWN_PHONE, Visitors
from tests.unit.records.console.conftest import Clinic

ANSWER = Reply(text="Nearly everybody goes home the same day.", kind="answer")


@pytest.fixture
def clinic(database: Any, clock: Any) -> Clinic:
    return Clinic(database=database, now=clock())


def search(browser: Any, words: str, **fields: str) -> Any:
    return browser.post("/search", {"by": "words", "words": words, **fields})


def test_words_are_found_in_messages_of_every_date(signed_in: Any, clinic: Clinic, clock: Any, audit: Any) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "Will the zebra <b>brace</b> hurt?", ANSWER)
    clock.advance(days=900)
    page = search(signed_in("reader"), "BRACE zebra")
    check(page.text)
    assert f'href="/conversations/{conversation}#m1"' in page.text
    assert "zebra &lt;b&gt;brace&lt;/b&gt;" in page.text
    assert (audit()[-1].action, audit()[-1].detail) == ("conversation.search", {"by": "words", "found": 1})
    assert "zebra" not in repr([vars(entry) for entry in audit()])


def test_a_tag_narrows_the_words(signed_in: Any, clinic: Clinic, hire: Any) -> None:
    first, second = clinic.begin(), clinic.begin()
    for conversation in (first, second):
        clinic.turn(conversation, "a zebra", ANSWER)
    person = hire("agent")
    with clinic.database.session() as session:
        add_tag(session, conversation_id=first, staff_id=person.account.id, tag="knee", now=clinic.now)
    page = search(signed_in(person=person), "zebra", tag="knee").text
    assert first in page
    assert second not in page


def test_days_narrow_the_words(signed_in: Any, clinic: Clinic) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "a zebra", ANSWER)
    reader, today = signed_in("reader"), clinic.now.date()
    assert conversation in search(reader, "zebra", written_from=str(today), written_to=str(today)).text
    tomorrow = search(reader, "zebra", written_from=str(today + timedelta(days=1)))
    assert conversation not in tomorrow.text
    assert "No message" in tomorrow.text


def test_a_day_that_is_none_is_said(signed_in: Any) -> None:
    page = search(signed_in("reader"), "zebra", written_from="yesterday")
    check(page.text)
    assert page.status_code == 422
    assert "like 2026-03-08" in page.text


def test_it_goes_on_with_older_messages(signed_in: Any, clinic: Clinic) -> None:
    conversation = clinic.begin()
    for _ in range(52):
        clinic.turn(conversation, "a zebra", ANSWER)
    reader = signed_in("reader")
    first = search(reader, "zebra").text
    check(first)
    before = first.split('name="before" value="')[1].split('"')[0]
    second = search(reader, "zebra", before=before).text
    assert (first.count("a zebra"), second.count("a zebra")) == (50, 2)
    assert 'name="before"' not in second


@pytest.mark.parametrize(("by", "words"), [("name", "quill zoe"), ("phone", SHOWN_PHONE), ("phone", "+1 646 555 0123")])
def test_people_are_found_by_name_and_number(
    signed_in: Any, clinic: Clinic, cipher: Any, by: str, words: str, audit: Any
) -> None:
    conversation = Visitors(clinic, cipher).ask_for_consultation()
    reader = signed_in("reader")
    page = search(reader, words, by=by)
    check(page.text)
    assert f'href="/conversations/{conversation}"' in page.text
    assert audit()[-1].detail == {"by": by, "found": 1}
    assert NAME.split()[0] not in repr([vars(entry) for entry in audit()])


@pytest.mark.parametrize(
    ("by", "words", "said"),
    [
        ("words", "zebra", "No message"),
        ("name", "nobody", "No consultation request"),
        ("phone", "2125550188", "No consultation request"),
    ],
)
def test_where_nothing_is_found_it_says_what_to_do(signed_in: Any, by: str, words: str, said: str) -> None:
    page = search(signed_in("reader"), words, by=by)
    check(page.text)
    assert page.status_code == 200
    assert said in page.text


@pytest.mark.parametrize(
    ("by", "words", "said"),
    [
        ("words", "", "Type at least one word"),
        ("name", "?!", "Type at least one word"),
        ("phone", "12", "Type one whole phone number"),
        ("words", "x" * 201, "at most 200"),
    ],
)
def test_what_cannot_be_searched_for_is_said(signed_in: Any, by: str, words: str, said: str, audit: Any) -> None:
    page = search(signed_in("reader"), words, by=by)
    assert page.status_code == 422
    assert said in page.text
    assert audit()[-1].action == "staff.sign_in"
