"""Each number is what one counts by hand in the raw rows, and what its link lists."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from candidacy.assistant.reply import Reply
from candidacy.casework.inbox_filter import InboxFilter
from candidacy.records.consents import record_consent
from candidacy.records.console.claims import claim
from candidacy.records.console.inbox import inbox_page
from candidacy.records.console.numbers import Numbers, numbers
from candidacy.records.console.tables import waits
from candidacy.records.console.waits import give_up_waiting
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.conversations import request_person
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import erase_conversation
from candidacy.records.screenings import ScreeningAnswer, record_screening
from candidacy.records.tables import consents, consultation_requests, conversations, messages, screenings
from tests.unit.records.console.conftest import ANN, NOTICE, Clinic

Ask = Callable[..., Any]
NEW_YORK = ZoneInfo("America/New_York")
DAYS = InboxFilter(begun_from=date(2024, 5, 2), begun_to=date(2024, 5, 8))
QUESTIONS = ("screening_consent", "fracture", "age_related")
TOPICS = ("faq/hospital_stay", "faq/types", "not_covered/cost")
DANGER = ("emergency", "urgent")


@pytest.fixture
def busy(clinic: Clinic, do: Ask, cipher: Cipher) -> Clinic:
    """Two weeks of a clinic, in which anything may happen to anybody."""
    chance = random.Random(5)
    for _ in range(40):
        at = clinic.now + timedelta(minutes=chance.randint(-7 * 1440, 7 * 1440))
        play(clinic, do, cipher, chance, clinic.begin(channel=chance.choice(("web", "sms")), at=at), at)
    return clinic


def play(clinic: Clinic, do: Ask, cipher: Cipher, chance: random.Random, one: str, at: datetime) -> None:
    """One conversation at random."""
    common: dict[str, Any] = {"conversation_id": one, "now": at}
    for _ in range(chance.randint(0, 3)):
        topic = chance.choice(TOPICS)
        kind = "not_covered" if topic.startswith("not_covered") else "answer"
        clinic.turn(one, "a question", Reply(text="...", kind=kind, topic=topic), at=at)
    if chance.random() < 0.6:
        asked = chance.choice(QUESTIONS)
        clinic.turn(one, "yes", Reply(text="?", kind="question", topic=asked), at=at)
        do(record_consent, purpose="screening", given=chance.random() < 0.8, wording_version="1", **common)
        if chance.random() < 0.6:
            answers = [ScreeningAnswer(question="fracture", value="no")]
            outcome = chance.choice(("reported", "unclear"))
            do(
                record_screening,
                cipher=cipher,
                questionnaire_version="1",
                subject="self",
                outcome=outcome,
                answers=answers,
                **common,
            )
    if chance.random() < 0.4:
        details = RequestDetails(name="Ann", phone_e164="+16465550123", method="call", time="any")
        do(submit_request, cipher=cipher, details=details, consent_wording_version="1", **common)
    if chance.random() < 0.2:
        clinic.turn(one, "help", Reply(text="Call 911.", kind=chance.choice(DANGER)), at=at)
    if chance.random() < 0.4:
        do(request_person, **common)
        later = at + timedelta(minutes=chance.randint(1, 30))
        if chance.random() < 0.7:
            do(claim, conversation_id=one, staff_id=ANN, notice=NOTICE, now=later)
        else:
            do(
                give_up_waiting,
                patience=timedelta(seconds=1),
                notice=lambda _: NOTICE,
                due_at=lambda since: since,
                now=later,
            )
    if chance.random() < 0.1:
        do(erase_conversation, **common)


class Raw:
    """The rows as they are, of the conversations begun within the dates and not erased."""

    def __init__(self, database: Database) -> None:
        begins = datetime(2024, 5, 2, tzinfo=NEW_YORK)
        ends = datetime(2024, 5, 9, tzinfo=NEW_YORK)
        with database.read_session() as session:
            self.begun = {
                row.id: row
                for row in session.execute(select(conversations))
                if row.erased_at is None and begins <= row.created_at < ends
            }
            self.messages = [row for row in session.execute(select(messages)) if row.conversation_id in self.begun]
            self.waits = [row for row in session.execute(select(waits)) if row.conversation_id in self.begun]
            self.consented = self._ids(
                session.execute(
                    select(consents.c.conversation_id).where(consents.c.given, consents.c.purpose == "screening")
                )
            )
            self.finished = self._ids(session.execute(select(screenings.c.conversation_id)))
            self.requested = self._ids(session.execute(select(consultation_requests.c.conversation_id)))
            self.outcomes = {
                row.conversation_id: row.outcome
                for row in session.execute(select(screenings).order_by(screenings.c.number))
                if row.conversation_id in self.begun
            }

    def _ids(self, rows: Any) -> set[str]:
        return {row.conversation_id for row in rows} & set(self.begun)

    def by_author(self, author: str) -> set[str]:
        return {row.conversation_id for row in self.messages if row.author == author}

    def with_kind(self, *kinds: str) -> set[str]:
        return {row.conversation_id for row in self.messages if row.kind in kinds}

    def waited(self) -> dict[str, int]:
        """In how many a person came after so many minutes, counted on the clock."""
        bounds = {"below_1_min": (0, 1), "1_to_5_min": (1, 5), "5_to_15_min": (5, 15), "from_15_min": (15, 10**6)}
        minutes = [
            (row.conversation_id, (row.ended_at - row.since).total_seconds() / 60)
            for row in self.waits
            if row.how == "claimed"
        ]
        counts = {
            span: len({one for one, took in minutes if least <= took < below})
            for span, (least, below) in bounds.items()
        }
        return {span: count for span, count in counts.items() if count}

    def last_question(self, conversation: str) -> str | None:
        asked = [row for row in self.messages if row.conversation_id == conversation and row.kind == "question"]
        return max(asked, key=lambda row: row.position).topic if asked else None


@pytest.fixture
def counted(busy: Clinic, ask: Ask) -> Numbers:
    found: Numbers = ask(numbers, narrowed=DAYS, timezone=NEW_YORK)
    return found


@pytest.fixture
def raw(busy: Clinic) -> Raw:
    return Raw(busy.database)


def test_every_number_reconciles_with_the_raw_rows(counted: Numbers, raw: Raw) -> None:
    assert counted.begun == len(raw.begun) > 10
    started = raw.by_author("visitor")
    consented = started & raw.consented
    finished = consented & raw.finished
    assert counted.stages == {
        "started": len(started),
        "consented": len(consented),
        "finished": len(finished),
        "requested": len(finished & raw.requested),
    }
    assert counted.requested == len(raw.requested)
    dropped = Counter(raw.last_question(one) for one in raw.consented - raw.finished)
    assert counted.dropped_at == {question: count for question, count in dropped.items() if question}
    topics: dict[tuple[str, bool], set[str]] = {}
    for row in raw.messages:
        if row.kind in ("answer", "not_covered"):
            topics.setdefault((row.topic, row.kind == "not_covered"), set()).add(row.conversation_id)
    assert {(count.topic, count.unanswered): count.conversations for count in counted.topics} == {
        key: len(ids) for key, ids in topics.items()
    }
    assert counted.channels == Counter(row.channel for row in raw.begun.values())
    assert counted.unanswered == len(raw.with_kind("not_covered", "fallback"))
    assert sum(counted.red_flags.values()) == len(raw.with_kind(*DANGER))
    assert counted.red_flags.get("emergency", 0) == len(raw.with_kind("emergency"))
    assert counted.outcomes == Counter(raw.outcomes.values())
    assert counted.waiting.ended == Counter(end for end, _ in {(row.how, row.conversation_id) for row in raw.waits})
    assert counted.waiting.lengths == raw.waited()
    assert counted.by_day == Counter(row.created_at.astimezone(NEW_YORK).date() for row in raw.begun.values())
    assert sum(counted.by_day.values()) == counted.begun


def test_each_link_lists_as_many_as_its_number_says(counted: Numbers, ask: Ask) -> None:
    def listed(**more: Any) -> int:
        narrowed = InboxFilter(begun_from=DAYS.begun_from, begun_to=DAYS.begun_to, **more)
        return len(ask(inbox_page, narrowed=narrowed, timezone=NEW_YORK, limit=500).rows)

    assert listed() == counted.begun
    assert {stage: listed(stage=stage) for stage in counted.stages} == counted.stages
    assert {question: listed(dropped_at=question) for question in counted.dropped_at} == counted.dropped_at
    assert {channel: listed(channel=channel) for channel in counted.channels} == counted.channels
    assert {outcome: listed(outcome=outcome) for outcome in counted.outcomes} == counted.outcomes
    assert {level: listed(red_flag_level=level) for level in counted.red_flags} == counted.red_flags
    assert listed(red_flag=True) == sum(counted.red_flags.values())
    assert listed(unanswered=True) == counted.unanswered
    assert {end: listed(wait_end=end) for end in counted.waiting.ended} == counted.waiting.ended
    assert {span: listed(waited=span) for span in counted.waiting.lengths} == counted.waiting.lengths
    assert [listed(topic=count.topic) for count in counted.topics] == [count.conversations for count in counted.topics]


def test_waiting_times(clinic: Clinic, do: Ask, ask: Ask) -> None:
    for minutes in range(1, 11):
        conversation = clinic.begin()
        do(request_person, conversation_id=conversation, now=clinic.now)
        later = clinic.now + timedelta(minutes=minutes)
        do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=later)
    waiting = ask(numbers, narrowed=DAYS, timezone=NEW_YORK).waiting
    assert (waiting.ended, waiting.lengths, waiting.median, waiting.slowest_tenth) == (
        {"claimed": 10},
        {"1_to_5_min": 4, "5_to_15_min": 6},
        timedelta(minutes=6),
        timedelta(minutes=10),
    )


def test_of_no_conversations_there_are_no_numbers(clinic: Clinic, ask: Ask) -> None:
    empty = ask(numbers, narrowed=DAYS, timezone=NEW_YORK)
    assert (empty.begun, empty.topics, empty.waiting.median, empty.by_day) == (0, (), None, {})
