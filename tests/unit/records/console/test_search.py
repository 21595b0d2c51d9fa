"""The search: the same words find the same messages on both databases, over every date."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, update

from candidacy.casework.inbox_filter import InboxFilter
from candidacy.records.console import search, search_index
from candidacy.records.console.name_words import index_names_from_before
from candidacy.records.console.search import Days, SearchPage, find_by_name, find_by_phone, search_messages
from candidacy.records.console.tables import request_name_words
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import erase_conversation
from candidacy.records.tables import messages
from tests.unit.records.console.conftest import Clinic

Ask = Callable[..., Any]


@pytest.fixture
def look(ask: Ask) -> Callable[..., SearchPage]:
    def run(words: str, narrowed: InboxFilter | None = None, **options: Any) -> SearchPage:
        found: SearchPage = ask(
            search_messages,
            words=words,
            narrowed=narrowed or InboxFilter(),
            timezone=ZoneInfo("America/New_York"),
            **options,
        )
        return found

    return run


def texts(page: SearchPage) -> list[str]:
    return [hit.text for hit in page.hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("laminectomy", "ab"),
        ("LAMINECTOMY", "ab"),
        ("laminectomies", "ab"),
        ("2019", "a"),
        ("laminectomy 2019", "a"),
        ('"had a laminectomy"', "a"),
        ('"laminectomy a had"', ""),
        ("l4-l5", "b"),
        ("l5-l4", ""),
        ("not walk", "c"),
        ("can", "c"),
        ("espanol", "d"),
        ("dónde", "d"),
        ("646 555 0123", "c"),
        ("(646) 555-0123", "c"),
        ('"', ""),
        ("' OR 1=1 --", ""),
        ("laminectomy NOT 2019", ""),
        ("xylophone", ""),
    ],
)
def test_what_words_find(clinic: Clinic, look: Any, words: str, found: str) -> None:
    said = {
        "a": "I had a laminectomy in 2019.",
        "b": "a laminectomy at L4-L5, they say",
        "c": "I can not walk, call 646-555-0123",
        "d": "¿Dónde está? Habla español",
    }
    conversation = clinic.begin(at=clinic.now - timedelta(days=3000))
    for text in said.values():
        clinic.write(conversation, text)

    assert sorted(texts(look(words))) == sorted(said[name] for name in found)


def test_the_newest_first_page_by_page(clinic: Clinic, look: Any) -> None:
    conversation = clinic.begin()
    for number in range(7):
        clinic.write(conversation, f"pain {number}")

    walked, before = [], None
    while True:
        page = look("pain", limit=3, before=before)
        walked += texts(page)
        before = page.next_before
        if before is None:
            break

    assert walked == [f"pain {number}" for number in reversed(range(7))]


def test_a_filter_narrows_it_and_says_how_far_back_it_looked(
    clinic: Clinic, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WINDOW", 4)
    sms, web = clinic.begin(channel="sms"), clinic.begin()
    clinic.write(sms, "pain by sms")
    for number in range(6):
        clinic.write(web, f"pain {number}")

    first = look("pain", InboxFilter(channel="sms"), limit=2)
    assert first.hits == ()
    second = look("pain", InboxFilter(channel="sms"), limit=2, before=first.next_before)
    assert texts(second) == ["pain by sms"]
    assert second.next_before is None


def test_days_narrow_it_to_what_was_written_within_them(clinic: Clinic, look: Any) -> None:
    conversation = clinic.begin()
    # Noon in New York, on three days.
    for number in range(3):
        clinic.write(conversation, f"pain {number}", at=datetime(2024, 5, 1 + number, 16, tzinfo=timezone.utc))

    def within(first: date | None = None, last: date | None = None) -> list[str]:
        return texts(look("pain", written=Days(first, last)))

    first, second, third = (date(2024, 5, day) for day in (1, 2, 3))
    assert within() == ["pain 2", "pain 1", "pain 0"]
    assert within(first=second) == ["pain 2", "pain 1"]
    assert within(last=second) == ["pain 1", "pain 0"]
    assert within(second, second) == ["pain 1"]
    assert within(third, first) == []


def test_a_changed_or_deleted_message_is_found_by_what_it_is(clinic: Clinic, look: Any, database: Database) -> None:
    conversation = clinic.begin()
    first, second = clinic.write(conversation, "apples"), clinic.write(conversation, "pears")
    with database.session() as session:
        session.execute(update(messages).where(messages.c.id == first).values(text="plums"))
        session.execute(delete(messages).where(messages.c.id == second))
    assert (texts(look("apples")), texts(look("plums")), texts(look("pears"))) == ([], ["plums"], [])


def test_what_was_erased_is_not_found(clinic: Clinic, look: Any, do: Ask) -> None:
    conversation = clinic.begin()
    clinic.write(conversation, "a laminectomy")
    do(erase_conversation, conversation_id=conversation, now=clinic.now)
    assert look("laminectomy").hits == ()


@pytest.fixture
def requested(clinic: Clinic, do: Ask, cipher: Cipher) -> str:
    conversation = clinic.begin()
    do(
        submit_request,
        cipher=cipher,
        conversation_id=conversation,
        details=RequestDetails(name="Ann-Marie O'Lee", phone_e164="+16465550123", method="call", time="any"),
        consent_wording_version="1",
        now=clinic.now,
    )
    return conversation


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ann-marie o'lee", True),
        ("LEE ann", True),
        ("marie", True),
        ("ann lee jones", False),
        ("an", False),
        ("", False),
    ],
)
def test_a_person_is_found_by_the_words_of_the_name(
    requested: str, ask: Ask, cipher: Cipher, name: str, found: bool
) -> None:
    rows = ask(find_by_name, cipher=cipher, name=name)
    assert [row.id for row in rows] == ([requested] if found else [])


def test_a_person_is_found_by_the_number(requested: str, ask: Ask, cipher: Cipher) -> None:
    assert [row.id for row in ask(find_by_phone, cipher=cipher, phone_e164="+16465550123")] == [requested]
    assert ask(find_by_phone, cipher=cipher, phone_e164="+16465550124") == []


def test_so_is_who_texts_from_the_number(requested: str, clinic: Clinic, do: Ask, ask: Ask, cipher: Cipher) -> None:
    texting = clinic.begin(channel="sms")
    clinic.text("+16465550123", texting, cipher=cipher)
    clinic.text("+16465550124", clinic.begin(channel="sms"), cipher=cipher)
    found = [row.id for row in ask(find_by_phone, cipher=cipher, phone_e164="+16465550123")]
    assert sorted(found) == sorted([requested, texting])
    do(erase_conversation, conversation_id=texting, now=clinic.now)
    assert [row.id for row in ask(find_by_phone, cipher=cipher, phone_e164="+16465550123")] == [requested]


def test_a_corrected_name_is_the_one_that_is_found(
    requested: str, clinic: Clinic, do: Ask, ask: Ask, cipher: Cipher
) -> None:
    do(
        submit_request,
        cipher=cipher,
        conversation_id=requested,
        details=RequestDetails(name="Ben Roe", phone_e164="+16465550123", method="call", time="any"),
        consent_wording_version="1",
        now=clinic.now,
    )
    assert ask(find_by_name, cipher=cipher, name="lee") == []
    assert [row.id for row in ask(find_by_name, cipher=cipher, name="roe")] == [requested]


def test_messages_older_than_the_recent_ones_follow_in_order(
    clinic: Clinic, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "RECENT", 2)
    conversation = clinic.begin()
    for number in range(5):
        clinic.write(conversation, f"pain {number}")
    assert texts(look("pain")) == [f"pain {number}" for number in reversed(range(5))]
    page = look("pain", limit=3)
    assert texts(look("pain", before=page.next_before)) == ["pain 1", "pain 0"]


def test_names_from_before_there_was_an_index_are_found_too(requested: str, do: Ask, ask: Ask, cipher: Cipher) -> None:
    do(lambda session: session.execute(delete(request_name_words)))
    assert ask(find_by_name, cipher=cipher, name="lee") == []

    assert not do(index_names_from_before, cipher=cipher)

    assert [row.id for row in ask(find_by_name, cipher=cipher, name="lee")] == [requested]
