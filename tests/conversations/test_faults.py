"""With a part dead, hung or broken: words within 10 s, nothing false, nothing lost."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from candidacy.assistant.client import AssistantClient, TurnResult
from candidacy.machine_secrets import internal_token
from candidacy.records.conversations import conversation_state
from candidacy.records.dialogue_states import find_dialogue_state
from candidacy.records.tables import conversations, messages
from tests.support.action_switch import Fault
from tests.support.conversation import Visitor, slots_of, stored_of
from tests.support.stack import Stack

FAULTS = [Fault.DEAD, Fault.HUNG, Fault.ERROR]
WORDS_WITHIN_SECONDS = 10
EMERGENCY = "I can't feel between my legs and I can't pee"


def texts_of(replies: list[dict[str, Any]]) -> list[str]:
    return [reply["text"] for reply in replies]


def text(stack: Stack, name: str) -> str:
    return stack.texts.reply(name).text


def at_the_fracture_question(stack: Stack) -> Visitor:
    visitor = Visitor(stack)
    for title in ("Answer screening questions", "Yes, start", "Me", "Yes", "No, none of these"):
        replies = visitor.press(title)
    assert texts_of(replies) == [text(stack, "utter_ask_fracture")]
    return visitor


def at_the_end_of_a_request(stack: Stack) -> Visitor:
    visitor = Visitor(stack)
    visitor.press("Request a consultation")
    for said in ("Ann Lee", "212-430-0312", "call", "any time", "skip", "yes"):
        replies = visitor.say(said)
    assert replies[-1]["kind"] == "summary"
    return visitor


@pytest.mark.parametrize("fault", FAULTS)
def test_the_visitor_gets_words_and_the_number_and_goes_on_later(stack: Stack, fault: Fault) -> None:
    visitor = at_the_fracture_question(stack)
    visitor.say("yes I broke L1")
    with stack.switch.fault(fault):
        began = time.monotonic()
        replies = visitor.say("not that I know of")
        assert time.monotonic() - began < WORDS_WITHIN_SECONDS
        assert texts_of(replies) == [text(stack, "utter_assistant_down")]
        assert stack.settings.clinic_phone in replies[0]["text"]
    slots = slots_of(stack, visitor.conversation)
    assert (slots["fracture"], slots["fracture_detail"], slots.get("age_related")) == ("yes", "L1", None)
    assert texts_of(visitor.say("not that I know of")) == [text(stack, "utter_ask_stenosis_surgery")]


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_said_to_be_done_that_is_not(stack: Stack, fault: Fault) -> None:
    visitor = at_the_end_of_a_request(stack)
    with stack.switch.fault(fault):
        assert texts_of(visitor.say("yes")) == [text(stack, "utter_assistant_down")]
    assert stored_of(stack, visitor.conversation, {"request": None}) == {"request": None}
    assert visitor.say("yes")[0]["kind"] == "handoff"
    assert stored_of(stack, visitor.conversation, {"request": None})["request"] is not None


@pytest.mark.parametrize("fault", FAULTS)
def test_danger_is_recognised_all_the_same(stack: Stack, fault: Fault) -> None:
    visitor = Visitor(stack)
    with stack.switch.fault(fault):
        assert texts_of(visitor.say(EMERGENCY)) == [text(stack, "utter_emergency")]


def test_two_quick_messages_stay_two_turns_in_order_while_an_action_hangs(stack: Stack) -> None:
    visitor = at_the_fracture_question(stack)
    with stack.switch.fault(Fault.HUNG):
        for number in (1, 2):
            body = {"client_id": f"quick-{number}", "text": f"no {number}"}
            assert visitor.http.post("/api/chat/messages", json=body).status_code == 202
        time.sleep(11)
    visible = visitor.messages_after(0)
    assert [message["text"] for message in visible if message["author"] == "visitor"][-2:] == ["no 1", "no 2"]
    assert [message["text"] for message in visible[-4:] if message["author"] == "assistant"] == [
        text(stack, "utter_assistant_down")
    ] * 2
    assert replied_to(stack, visitor.conversation)[-2:] == sorted(replied_to(stack, visitor.conversation)[-2:])
    assert texts_of(visitor.say("no")) == [text(stack, "utter_ask_age_related")]


def test_without_rasa_danger_gets_its_number_and_all_else_an_apology(stack: Stack) -> None:
    visitor = at_the_fracture_question(stack)
    stack.rasa.kill()
    try:
        assert texts_of(visitor.say("no")) == [text(stack, "utter_assistant_down")]
        assert texts_of(visitor.say(EMERGENCY)) == [text(stack, "utter_emergency")]
        assert texts_of(visitor.say("no siento las piernas y no puedo orinar")) == [text(stack, "utter_emergency_es")]
        assert httpx.get(f"{stack.url}/readyz", trust_env=False).status_code == 503
    finally:
        stack.rasa.start()
        stack.wait_until_ready()
    assert texts_of(visitor.say("no")) == [text(stack, "utter_ask_age_related")]


def test_a_front_desk_killed_in_the_middle_of_a_turn_answers_once_when_it_is_back(stack: Stack) -> None:
    visitor = at_the_fracture_question(stack)
    before = visitor.messages_after(0)[-1]["id"]
    with stack.switch.fault(Fault.HUNG):
        visitor.http.post("/api/chat/messages", json={"client_id": "cut", "text": "no"}).raise_for_status()
        time.sleep(0.5)
        stack.frontdesk.kill()
    stack.frontdesk.start()
    stack.wait_until_ready()
    end = time.monotonic() + 30
    while len(visitor.messages_after(before)) < 2 and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(1)
    assert [message["author"] for message in visitor.messages_after(before)] == ["visitor", "assistant"]


def test_the_same_message_twenty_times_at_once_is_one_turn(stack: Stack) -> None:
    visitor = at_the_fracture_question(stack)
    before = visitor.messages_after(0)[-1]["id"]

    def post(_: int) -> int:
        body = {"client_id": "same", "text": "no"}
        return int(visitor.http.post("/api/chat/messages", json=body).raise_for_status().json()["id"])

    with ThreadPoolExecutor(20) as pool:
        ids = set(pool.map(post, range(20)))
    assert len(ids) == 1
    time.sleep(1)
    assert [message["author"] for message in visitor.messages_after(before)] == ["visitor", "assistant"]


def test_while_a_person_has_the_conversation_the_assistant_says_and_fills_nothing(stack: Stack) -> None:
    visitor = at_the_fracture_question(stack)
    before = visitor.messages_after(0)[-1]["id"]
    set_state(stack, visitor.conversation, "person")
    visitor.http.post("/api/chat/messages", json={"client_id": "to-staff", "text": "yes I broke L1"}).raise_for_status()
    time.sleep(1.5)
    assert [message["author"] for message in visitor.messages_after(before)] == ["visitor"]
    assert slots_of(stack, visitor.conversation).get("fracture") is None
    set_state(stack, visitor.conversation, "assistant")
    assert texts_of(visitor.say("no")) == [text(stack, "utter_ask_age_related")]


def test_a_stale_button_answers_nothing(stack: Stack) -> None:
    visitor = at_the_fracture_question(stack)
    offered = visitor.messages_after(0)[-1]["buttons"][0]["id"]
    visitor.say("no")
    answer = visitor.http.post("/api/chat/messages", json={"client_id": "late", "button": offered})
    assert answer.status_code == 409
    assert slots_of(stack, visitor.conversation)["fracture"] == "no"


def set_state(stack: Stack, conversation_id: str, state: str) -> None:
    """As the staff console does when somebody takes a conversation over."""
    with stack.database.session() as session:
        session.execute(conversations.update().where(conversations.c.id == conversation_id).values(state=state))
    with stack.database.session() as session:
        assert conversation_state(session, conversation_id=conversation_id) == state


def replied_to(stack: Stack, conversation_id: str) -> list[int]:
    """The messages that were answered, in the order of their answers."""
    query = messages.select().where(messages.c.conversation_id == conversation_id).order_by(messages.c.position)
    with stack.database.read_session() as session:
        return [row.in_reply_to for row in session.execute(query) if row.in_reply_to is not None]


def test_the_same_turn_again_from_the_same_state_gets_the_same_replies(stack: Stack) -> None:
    visitor = at_the_fracture_question(stack)
    client = AssistantClient(
        base_url=f"http://127.0.0.1:{stack.settings.rasa_port}",
        token=internal_token(stack.settings),
        timeout_seconds=10,
    )

    with stack.database.read_session() as session:
        state = find_dialogue_state(session, conversation_id=visitor.conversation)

    async def twice() -> list[TurnResult]:
        turn = {
            "conversation_id": visitor.conversation,
            "turn_id": "999999",
            "channel": "web",
            "payload": None,
            "dialogue_state": state,
        }
        results = [await client.turn(text="no", **turn) for _ in range(2)]
        await client.close()
        return results

    first, second = asyncio.run(twice())
    assert first.replies == second.replies
    assert [reply.text for reply in first.replies] == [text(stack, "utter_ask_age_related")]
    # What comes of it is stored by the front desk alone.
    with stack.database.read_session() as session:
        assert find_dialogue_state(session, conversation_id=visitor.conversation) == state
