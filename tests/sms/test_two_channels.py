"""One person, two channels: a code of the website chat takes that conversation to the telephone."""

import httpx

from tests.sms.telephone import Telephone
from tests.support.conversation import Visitor
from tests.support.stack import CLINIC_NUMBER, Stack


def new_code(visitor: Visitor) -> str:
    answer = visitor.http.post("/api/chat/link-code").raise_for_status().json()
    assert answer["number"] == CLINIC_NUMBER
    return str(answer["code"])


def test_a_conversation_goes_on_by_text(stack: Stack, telephone: Telephone) -> None:
    visitor = Visitor(stack)
    visitor.press("Answer screening questions")
    visitor.press("Yes, start")
    linked, welcome = telephone.text(new_code(visitor))
    assert linked.startswith("Your chat from the website goes on here.")
    assert "Reply YES to agree" in welcome
    telephone.text("yes")
    (asked,) = telephone.text("me")
    assert asked.startswith("Are you 18 or older?")
    assert [message["text"] for message in visitor.messages_after(0)][-1] == "Are you 18 or older?"


def test_a_number_that_is_typed_never_does(stack: Stack, telephone: Telephone) -> None:
    visitor = Visitor(stack)
    visitor.say(f"my number is {telephone.number}")
    telephone.text("hello")
    assert [message for message in visitor.messages_after(0) if message["text"] == "hello"] == []


def test_a_code_of_somebody_else_is_not_had_without_their_token(stack: Stack) -> None:
    assert httpx.post(f"{stack.url}/api/chat/link-code", trust_env=False).status_code == 401
