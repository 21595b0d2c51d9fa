"""Call-backs: one open for each conversation, by due time, and none falls off the end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from candidacy.casework.call_back_rules import CallBackRules, load_call_back_rules
from candidacy.records.console.beside import beside_transcript
from candidacy.records.console.call_backs import (
    CallBack,
    CallBackRefused,
    attempts_of,
    call_back_page,
    call_backs_of,
    claim_call_back,
    close_call_back,
    find_call_back,
    record_attempt,
    release_call_back,
)
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.settings import ClinicHours
from tests.unit.records.console.conftest import ANN, BEN, Clinic

Ask = Callable[..., Any]
DETAILS = RequestDetails(name="Ann Lee", phone_e164="+16465550123", method="call", time="afternoon", note="walker")


@pytest.fixture
def rules() -> CallBackRules:
    return load_call_back_rules(hours=ClinicHours.parse("Mon-Fri 09:00-17:00"), timezone=ZoneInfo("America/New_York"))


@pytest.fixture
def request_call(clinic: Clinic, do: Ask, cipher: Cipher) -> Callable[..., str]:
    def submit(conversation: str | None = None, *, due_in: timedelta = timedelta(hours=4)) -> str:
        conversation = conversation or clinic.begin()
        do(
            submit_request,
            cipher=cipher,
            conversation_id=conversation,
            details=DETAILS,
            consent_wording_version="1",
            due_at=clinic.now + due_in,
            now=clinic.now,
        )
        return conversation

    return submit


@pytest.fixture
def queue(ask: Ask, cipher: Cipher) -> Callable[..., list[CallBack]]:
    def read(**options: Any) -> list[CallBack]:
        found: list[CallBack] = ask(call_back_page, cipher=cipher, **options)[0]
        return found

    return read


def test_a_request_is_in_the_queue_with_what_is_needed_to_call(clinic: Clinic, request_call: Any, queue: Any) -> None:
    conversation = request_call()
    (call,) = queue()
    assert (call.conversation_id, call.reason, call.name, call.phone_e164, call.note) == (
        conversation,
        "consultation",
        "Ann Lee",
        "+16465550123",
        "walker",
    )
    assert not call.is_overdue(clinic.now)
    assert call.is_overdue(clinic.now + timedelta(hours=4))


def test_requested_twice_it_is_one_call_due_at_the_earlier_time(request_call: Any, queue: Any, clinic: Clinic) -> None:
    conversation = request_call(due_in=timedelta(hours=4))
    request_call(conversation, due_in=timedelta(hours=9))
    assert [call.due_at for call in queue()] == [clinic.now + timedelta(hours=4)]


def test_the_queue_goes_by_due_time_page_by_page(request_call: Any, clinic: Clinic, ask: Ask, cipher: Cipher) -> None:
    made = [request_call(due_in=timedelta(hours=hours)) for hours in (3, 1, 2, 1, 5)]
    walked, after = [], None
    while True:
        calls, after = ask(call_back_page, cipher=cipher, after=after, limit=2)
        walked += [call.conversation_id for call in calls]
        if after is None:
            break
    assert walked == [made[1], made[3], made[2], made[0], made[4]]


def test_one_person_works_on_it(
    request_call: Any, queue: Any, database: Database, clinic: Clinic, at_once: Callable[..., list[bool]], do: Ask
) -> None:
    request_call()
    (call,) = queue()

    def want(number: int) -> bool:
        with database.session() as session:
            return claim_call_back(session, call_back_id=call.id, staff_id=number % 3 + 1, now=clinic.now)

    won = at_once(12, want)

    winner = queue()[0].assignee_id
    assert [number % 3 + 1 == winner for number in range(12)] == won
    assert not do(release_call_back, call_back_id=call.id, staff_id=winner % 3 + 1)
    assert do(release_call_back, call_back_id=call.id, staff_id=winner)
    assert queue()[0].assignee_id is None


def attempt(
    do: Ask, cipher: Cipher, rules: CallBackRules, call: CallBack, outcome: str, **options: Any
) -> datetime | None:
    due: datetime | None = do(
        record_attempt,
        cipher=cipher,
        rules=rules,
        call_back_id=call.id,
        outcome=outcome,
        **{"staff_id": ANN, "now": call.requested_at, **options},
    )
    return due


def test_a_voicemail_is_due_again_in_the_wished_part_of_the_day(
    request_call: Any, queue: Any, do: Ask, ask: Ask, cipher: Cipher, rules: CallBackRules
) -> None:
    request_call()
    (call,) = queue()

    due = attempt(do, cipher, rules, call, "voicemail", note="full mailbox")

    # Monday 10:30 in New York; eight hours of afternoons end on Tuesday at 15:00.
    assert due == datetime(2024, 5, 7, 15, tzinfo=ZoneInfo("America/New_York"))
    assert [(again.due_at, again.attempts) for again in queue()] == [(due, 1)]
    (made,) = ask(attempts_of, cipher=cipher, call_back_id=call.id)
    assert (made.outcome, made.staff, made.note, made.next_attempt_at) == ("voicemail", "Ann", "full mailbox", due)


def test_staff_may_choose_the_next_time(
    request_call: Any, queue: Any, do: Ask, cipher: Cipher, rules: CallBackRules, clinic: Clinic
) -> None:
    request_call()
    chosen = clinic.now + timedelta(days=9)
    assert attempt(do, cipher, rules, queue()[0], "wrong_number", next_attempt_at=chosen) == chosen
    assert queue()[0].due_at == chosen


def test_scheduled_it_is_closed_and_asked_again_it_is_open(
    request_call: Any, queue: Any, do: Ask, ask: Ask, cipher: Cipher, rules: CallBackRules
) -> None:
    conversation = request_call()
    (call,) = queue()

    assert attempt(do, cipher, rules, call, "scheduled") is None

    assert queue() == []
    closed = ask(find_call_back, cipher=cipher, call_back_id=call.id)
    assert (closed.closed_as, closed.attempts) == ("scheduled", 1)
    assert ask(beside_transcript, cipher=cipher, conversation_id=conversation).request.status == "closed"
    with pytest.raises(CallBackRefused, match="is closed"):
        attempt(do, cipher, rules, call, "voicemail")

    request_call(conversation)
    assert len(queue()) == 1
    assert len(ask(call_backs_of, cipher=cipher, conversation_id=conversation)) == 2
    assert ask(beside_transcript, cipher=cipher, conversation_id=conversation).request.status == "new"


def test_what_another_works_on_is_left_alone(
    request_call: Any, queue: Any, do: Ask, cipher: Cipher, rules: CallBackRules, clinic: Clinic
) -> None:
    request_call()
    (call,) = queue()
    do(claim_call_back, call_back_id=call.id, staff_id=BEN, now=clinic.now)
    with pytest.raises(CallBackRefused, match="another person"):
        attempt(do, cipher, rules, call, "voicemail")
    with pytest.raises(CallBackRefused, match="another person"):
        do(close_call_back, call_back_id=call.id, staff_id=ANN, now=clinic.now)
    do(close_call_back, call_back_id=call.id, staff_id=BEN, now=clinic.now)
    assert queue() == []


def test_there_must_be_such_a_call_and_outcome(
    clinic: Clinic, request_call: Any, queue: Any, do: Ask, cipher: Cipher, rules: CallBackRules
) -> None:
    with pytest.raises(CallBackRefused, match="no such call-back"):
        do(close_call_back, call_back_id=99, staff_id=ANN, now=clinic.now)
    request_call()
    with pytest.raises(ValueError, match="the outcome of an attempt must be one of"):
        attempt(do, cipher, rules, queue()[0], "forgotten")
