"""With Twilio refusing, an action hanging or the front desk killed: nothing lost, nothing twice, danger first."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.sms.recorder import OPTED_OUT, Failure, Recorder
from tests.sms.telephone import Telephone
from tests.support.action_switch import Fault
from tests.support.stack import CLINIC_NUMBER, Stack

QUESTION = "How long would I be in the hospital?"
QUESTIONS = {
    QUESTION: "hospital",
    "What are the two types?": "two main types",
    "Will I need physical therapy?": "Rehab",
}
"""What is asked, and a word of the answer."""
DANGER = "I can't feel between my legs and I can't pee"
WEBHOOK_SECONDS = 5


@pytest.fixture
def known(telephone: Telephone) -> Telephone:
    """A telephone that was welcomed and agreed."""
    telephone.text("hello")
    telephone.text("yes")
    return telephone


def assert_answered_in_order(texts: list[str]) -> None:
    assert len(texts) == len(QUESTIONS), texts
    assert [word in text for word, text in zip(QUESTIONS.values(), texts, strict=True)] == [True] * len(texts), texts


@pytest.mark.parametrize("failure", [Failure(429, retry_after=1), Failure(503), Failure(500)])
def test_what_may_pass_is_sent_in_the_end_and_in_order(known: Telephone, recorder: Recorder, failure: Failure) -> None:
    recorder.failures = [failure, failure]
    for question in QUESTIONS:
        known.post(question)
    known.settle()
    assert_answered_in_order(recorder.sent_to(known.number)[2:])


def test_who_is_on_twilios_list_is_texted_no_more(known: Telephone, recorder: Recorder) -> None:
    recorder.failures = [OPTED_OUT]
    assert known.text(QUESTION) == []
    requests = recorder.requests
    assert known.text(QUESTION) == []
    assert recorder.requests == requests
    failed = [row for row in known.rows() if row.delivery_state == "failed"]
    assert "21610" in failed[-1].delivery_error
    assert known.text(DANGER)[0].startswith("Call 911 now")


def test_reports_come_in_whatever_their_order(known: Telephone, recorder: Recorder) -> None:
    recorder.statuses = ("delivered", "sent", "delivered", "queued")
    try:
        known.text(QUESTION)
        end = time.monotonic() + 20
        while known.rows()[-1].delivery_state != "delivered" and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        recorder.statuses = ("sent", "delivered")
    assert known.rows()[-1].delivery_state == "delivered"


def test_danger_does_not_wait_for_an_action_that_hangs(known: Telephone, stack: Stack, recorder: Recorder) -> None:
    with stack.switch.fault(Fault.HUNG):
        began = time.monotonic()
        known.post(QUESTION)
        known.post(DANGER)
        assert time.monotonic() - began < WEBHOOK_SECONDS
        while len(recorder.sent_to(known.number)) < 3:
            assert time.monotonic() - began < WEBHOOK_SECONDS
            time.sleep(0.02)
        known.settle()
    sent = recorder.sent_to(known.number)[2:]
    assert sent[0].startswith("Call 911 now")
    assert "911" in sent[0][:160]
    assert [text for text in sent[1:] if text.startswith("Call 911 now")] == []


def test_the_same_text_twenty_times_at_once_is_answered_once(known: Telephone, recorder: Recorder) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: known.post(QUESTION, MessageSid="SM" + "f" * 32), range(20)))
    known.settle()
    assert len(recorder.sent_to(known.number)) == 3


def test_a_front_desk_killed_after_its_acknowledgement_answers_once_when_it_is_back(
    known: Telephone, stack: Stack, recorder: Recorder
) -> None:
    for question in QUESTIONS:
        known.post(question)
    stack.frontdesk.kill()
    stack.frontdesk.start()
    stack.wait_until_ready()
    time.sleep(1)
    known.settle()
    assert_answered_in_order(recorder.sent_to(known.number)[2:])


def test_what_is_not_signed_is_refused(stack: Stack) -> None:
    form = {"MessageSid": "SM1", "From": "+12125550199", "To": CLINIC_NUMBER, "Body": "hello"}
    for path in ("/sms/twilio", "/sms/twilio/status?part=1.1"):
        assert httpx.post(f"{stack.url}{path}", data=form, trust_env=False).status_code == 403
