"""The inbox: its order, its filters, its pages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from candidacy.assistant.reply import Reply
from candidacy.casework.inbox_filter import InboxFilter
from candidacy.records.console import inbox_conditions
from candidacy.records.console.changes import changed_since
from candidacy.records.console.claims import claim
from candidacy.records.console.inbox import EXCERPT_LENGTH, InboxCursor, InboxPage, inbox_page
from candidacy.records.console.red_flags import acknowledge, red_flags_of
from candidacy.records.console.tags import add_tag, known_tags, remove_tag
from candidacy.records.conversations import request_person
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import say
from candidacy.records.tables import conversations
from tests.unit.records.console.conftest import ANN, NOTICE, Clinic

Ask = Callable[..., Any]
NEW_YORK = ZoneInfo("America/New_York")
ANSWER = Reply(text="A few days.", kind="answer", topic="faq/hospital_stay")
NOT_COVERED = Reply(text="The page does not say.", kind="not_covered", topic="not_covered/cost")
QUESTION = Reply(text="A fracture?", kind="question", topic="fracture")
EMERGENCY = Reply(text="Call 911.", kind="emergency")
CHEST_PAIN = {"red_flag": {"level": "emergency", "category": "chest_pain", "language": "en"}}
UNSURE = {"intent": {"name": "faq", "confidence": 0.2}}


@pytest.fixture
def page(ask: Ask) -> Callable[..., InboxPage]:
    def read(narrowed: InboxFilter = InboxFilter(), after: InboxCursor | None = None, limit: int = 50) -> InboxPage:  # noqa: B008
        found: InboxPage = ask(inbox_page, narrowed=narrowed, timezone=NEW_YORK, after=after, limit=limit)
        return found

    return read


def test_red_flags_first_then_by_last_activity_until_acknowledged(clinic: Clinic, page: Any, do: Ask, ask: Ask) -> None:
    first, second, third = (clinic.begin(at=clinic.now + timedelta(minutes=number)) for number in range(3))
    message = clinic.turn(first, "my chest hurts", EMERGENCY, understanding=CHEST_PAIN)
    assert [row.id for row in page().rows] == [first, third, second]
    assert (page().rows[0].alarming, page().rows[0].red_flag) == (True, "emergency")

    assert do(acknowledge, conversation_id=first, staff_id=ANN, now=clinic.now) == 1

    assert [row.id for row in page().rows] == [third, second, first]
    assert page(InboxFilter(red_flag=True)).rows[0].id == first
    (flag,) = ask(red_flags_of, conversation_id=first)
    assert (flag.message_id, flag.category, flag.acknowledged_by) == (message, "chest_pain", "Ann")


def test_a_row_shows_what_the_visitor_wrote_last_or_what_greets_them(clinic: Clinic, page: Any, do: Ask) -> None:
    conversation = clinic.begin()
    do(say, conversation_id=conversation, replies=[Reply(text="Welcome.", kind="notice")], now=clinic.now)
    assert (page().rows[0].excerpt_author, page().rows[0].excerpt) == ("assistant", "Welcome.")
    clinic.turn(conversation, "My back\n hurts " + "so much " * 30, ANSWER, ANSWER)
    (row,) = page().rows
    assert row.excerpt_author == "visitor"
    assert row.excerpt.startswith("My back hurts so much")
    assert row.excerpt.endswith("…")
    assert len(row.excerpt) <= EXCERPT_LENGTH


def test_a_new_red_flag_alarms_again_and_the_gravest_is_shown(clinic: Clinic, page: Any, do: Ask) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "chest", EMERGENCY, understanding=CHEST_PAIN)
    do(acknowledge, conversation_id=conversation, staff_id=ANN, now=clinic.now)
    clinic.turn(conversation, "fever", Reply(text="See a clinician.", kind="urgent"))
    (row,) = page().rows
    assert (row.alarming, row.red_flag) == (True, "emergency")


def test_danger_said_to_a_person_alarms_too(clinic: Clinic, page: Any, do: Ask) -> None:
    conversation = clinic.begin()
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    clinic.turn(conversation, "my chest hurts", understanding=CHEST_PAIN)
    assert page().rows[0].alarming


def test_a_row_tells_what_is_needed(clinic: Clinic, page: Any, do: Ask) -> None:
    conversation = clinic.begin(channel="sms")
    clinic.turn(conversation, "cost?", NOT_COVERED, understanding=UNSURE)
    do(add_tag, conversation_id=conversation, staff_id=ANN, tag=" Second  Opinion ", now=clinic.now)
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)

    (row,) = page().rows

    assert (row.channel, row.state, row.assignee, row.tags) == ("sms", "person", "Ann", ("second opinion",))
    assert (row.low_confidence, row.unanswered, row.excerpt_author) == (True, True, "visitor")
    assert row.excerpt == "cost?"


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        (InboxFilter(), "abcd"),
        (InboxFilter(channel="sms"), "b"),
        (InboxFilter(state="waiting"), "c"),
        (InboxFilter(assignee_id=ANN), "d"),
        (InboxFilter(tag="press"), "ad"),
        (InboxFilter(tag="nothing"), ""),
        (InboxFilter(red_flag=True), "a"),
        (InboxFilter(alarming=True), "a"),
        (InboxFilter(low_confidence=True), "b"),
        (InboxFilter(unanswered=True), "b"),
        (InboxFilter(topic="faq/hospital_stay"), "c"),
        (InboxFilter(topic="not_covered/cost"), "b"),
        (InboxFilter(stage="started"), "abc"),
        # 14:30 UTC is 10:30 in New York; d is of the day before there, at 22:30.
        (InboxFilter(active_to=date(2024, 5, 5)), "d"),
        (InboxFilter(active_from=date(2024, 5, 6), active_to=date(2024, 5, 6)), "abc"),
        (InboxFilter(begun_to=date(2024, 5, 5)), "d"),
        (InboxFilter(channel="web", tag="press", red_flag=True), "a"),
        (InboxFilter(channel="sms", tag="press"), ""),
    ],
)
@pytest.mark.parametrize("few", [0, 1000])
def test_filters_combine(
    clinic: Clinic, page: Any, do: Ask, narrowed: InboxFilter, names: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_conditions, "FEW", few)
    evening = clinic.now - timedelta(hours=12)
    made = {
        "a": clinic.begin(),
        "b": clinic.begin(channel="sms"),
        "c": clinic.begin(),
        "d": clinic.begin(at=evening),
    }
    clinic.turn(made["a"], "chest", EMERGENCY, understanding=CHEST_PAIN)
    clinic.turn(made["b"], "cost?", NOT_COVERED, understanding=UNSURE)
    clinic.turn(made["c"], "how long?", ANSWER)
    do(request_person, conversation_id=made["c"], now=clinic.now)
    do(claim, conversation_id=made["d"], staff_id=ANN, notice=NOTICE, now=evening)
    for name in "ad":
        do(add_tag, conversation_id=made[name], staff_id=ANN, tag="press", now=clinic.now)

    found = {row.id for row in page(narrowed).rows}

    assert found == {made[name] for name in names}


def test_pages_follow_each_other_without_gap_or_repeat(clinic: Clinic, page: Any, database: Database) -> None:
    made = [clinic.begin(at=clinic.now + timedelta(minutes=number // 3)) for number in range(20)]
    with database.session() as session:
        session.execute(update(conversations).where(conversations.c.id.in_(made[3:10])).values(alarming=True))
    whole = [row.id for row in page().rows]

    walked: list[str] = []
    after = None
    while True:
        some = page(after=after, limit=3)
        walked += [row.id for row in some.rows]
        after = some.next
        if after is None:
            break

    assert walked == whole
    assert sorted(whole) == sorted(made)
    assert set(whole[:7]) == set(made[3:10])


def test_erased_conversations_are_not_listed(clinic: Clinic, page: Any, do: Ask, ask: Ask) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "chest", EMERGENCY, understanding=CHEST_PAIN)
    do(erase_conversation, conversation_id=conversation, now=clinic.now)
    assert page().rows == ()
    assert ask(changed_since, at=clinic.now) == []


def test_what_changed_is_seen_again_rather_than_missed(clinic: Clinic, ask: Ask) -> None:
    clinic.begin(at=clinic.now - timedelta(minutes=5))
    recent, new = clinic.begin(at=clinic.now - timedelta(seconds=5)), clinic.begin(at=clinic.now)
    assert [row.id for row in ask(changed_since, at=clinic.now)] == [new, recent]


def test_tags(clinic: Clinic, do: Ask, ask: Ask) -> None:
    conversation = clinic.begin()
    for tag in ("Press", "press", "audit"):
        do(add_tag, conversation_id=conversation, staff_id=ANN, tag=tag, now=clinic.now)
    assert ask(known_tags) == ["audit", "press"]
    assert do(remove_tag, conversation_id=conversation, tag="PRESS")
    assert not do(remove_tag, conversation_id=conversation, tag="press")
    with pytest.raises(ValueError, match="1 to 60 characters"):
        do(add_tag, conversation_id=conversation, staff_id=ANN, tag=" ", now=clinic.now)


def test_the_question_a_turn_ended_on_is_known(clinic: Clinic, page: Any, database: Database) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "yes", ANSWER, QUESTION)
    with database.session() as session:
        session.execute(update(conversations).values(consented_at=clinic.now))
    assert [row.id for row in page(InboxFilter(dropped_at="fracture")).rows] == [conversation]
    assert page(InboxFilter(dropped_at="age_related")).rows == ()
