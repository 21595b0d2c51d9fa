"""No log holds a number or a text, the database shows no number, and what is private is behind its link."""

import re

import httpx

from tests.sms.recorder import Failure, Recorder
from tests.sms.script import LINK
from tests.sms.telephone import Telephone
from tests.support.action_switch import Fault
from tests.support.stack import CLINIC_NUMBER, Stack

CANARY = "Quetzalcoatl"
NUMBER = "+19175550187"


def test_no_log_holds_a_number_or_a_text(stack: Stack, recorder: Recorder) -> None:
    telephone = Telephone(stack, recorder, number=NUMBER)
    for text in (f"my name is {CANARY} and I broke L1", "yes", f"{CANARY}?", "STOP", "START", CANARY):
        telephone.text(text)
    recorder.failures = [Failure(400, 21211), Failure(503)]
    telephone.text(f"{CANARY} again")
    with stack.switch.fault(Fault.ERROR):
        telephone.text(f"{CANARY} and again")
    telephone.text("", NumMedia="1", MediaUrl0=f"https://api.twilio.com/{CANARY}", MediaContentType0="image/jpeg")
    httpx.post(f"{stack.url}/sms/twilio", data={"From": NUMBER, "Body": CANARY}, trust_env=False)
    for process in stack.processes:
        log = process.log.read_text(errors="replace")
        assert CANARY.lower() not in log.lower(), process.name
        for number in (NUMBER, CLINIC_NUMBER):
            assert number[2:] not in re.sub(r"\D", "", log), process.name


def test_the_database_shows_no_number(stack: Stack, recorder: Recorder) -> None:
    Telephone(stack, recorder, number=NUMBER).text("hello")
    for name in ("candidacy.db", "candidacy.db-wal"):
        assert NUMBER[2:].encode() not in (stack.directory / name).read_bytes()


def test_what_is_private_opens_from_its_link_alone(stack: Stack, telephone: Telephone) -> None:
    for text in ("hello", "yes", "I want to answer the screening questions", "1", "1", "1", "1", "yes L1", "no", "no"):
        bodies = telephone.text(text)
    assert "L1" not in "".join(bodies)
    link = LINK.search(bodies[-1])
    assert link is not None
    page = httpx.get(link.group(), trust_env=False)
    assert "Fracture of the spine: yes (L1)" in page.text
    assert httpx.get(link.group()[:-1] + "!", trust_env=False).status_code == 404
