"""Text messages are taken up in order, once, with danger first; what they come to is stored."""

import threading
from typing import Any

import anyio
import pytest
from sqlalchemy import select

from candidacy.assistant.reply import Button
from candidacy.records.consents import latest_consent
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.sms.tables import incoming_texts, texters, texting_alarms
from tests.unit.frontdesk.sms.conftest import CHOICES, SENDER, Telephone

pytestmark = pytest.mark.anyio


def rows(database: Database, table: Any) -> list[Any]:
    with database.read_session() as session:
        return list(session.execute(select(table)))


async def test_the_number_is_kept_once_and_encrypted(telephone: Telephone, database: Database, cipher: Cipher) -> None:
    await telephone.text("hello")
    await telephone.text("hello again")
    (texter,) = rows(database, texters)
    assert cipher.decrypt(texter.number_encrypted) == SENDER
    assert SENDER[2:] not in str(texter)


async def test_quick_messages_become_turns_in_their_order(known: Any, assistant: Any, settled: Any) -> None:
    telephone = await known()
    for number in range(5):
        await telephone.text(f"question {number}")
    await settled()
    assert [turn["text"] for turn in assistant.asked] == [f"question {number}" for number in range(5)]
    assert {turn["channel"] for turn in assistant.asked} == {"sms"}


async def test_a_yes_to_the_welcome_is_recorded(known: Any, database: Database, stored: Any) -> None:
    await known()
    yes = stored()[-2]
    with database.read_session() as session:
        consent = latest_consent(session, conversation_id=yes.conversation_id, purpose="texting")
    assert consent is not None
    assert (consent.given, consent.wording_version, consent.message_id) == (True, "1", yes.id)


async def test_the_first_question_is_answered_before_the_welcome(telephone: Telephone, sent: Any) -> None:
    await telephone.text("what is fusion?")
    assert await sent(2) == ["heard what is fusion?", "utter_sms_welcome"]


async def test_the_screening_waits_for_the_yes(telephone: Telephone, assistant: Any, sent: Any, result: Any) -> None:
    asks = result("Shall we start?", buttons=(Button("Yes, start", "/affirm"),)).replies[0]

    async def answer(turn: Any) -> Any:
        replies = (type(asks)(text=asks.text, kind="question", topic="screening_consent", buttons=asks.buttons),)
        return type(result("x"))(replies=replies, understanding={})

    assistant.answer = answer
    await telephone.text("hello")
    await telephone.text("ask me the screening questions")
    assert (await sent(2))[1] == "utter_sms_consent_again"
    await telephone.text("yes")
    assert (await sent(3))[2] == f"Shall we start?\n\n{CHOICES}\n1. Yes, start"
    assert assistant.asked[-1]["payload"] == "/screening"


async def test_a_number_chooses_from_the_last_list_alone(known: Any, assistant: Any, sent: Any, result: Any) -> None:
    telephone = await known()
    buttons = (Button("Morning", "/morning"), Button("Any time", "/any"))

    async def answer(turn: Any) -> Any:
        return result("When?", buttons=buttons) if turn["text"] == "call me" else result("thank you")

    assistant.answer = answer
    await telephone.text("call me")
    assert (await sent(3))[2] == f"When?\n\n{CHOICES}\n1. Morning\n2. Any time"
    await telephone.text("two")
    await sent(4)
    await telephone.text("2")
    await sent(5)
    assert [turn["payload"] for turn in assistant.asked] == [None, "/any", None]


async def test_danger_does_not_wait_for_a_turn_that_hangs_and_is_said_once(
    known: Any, assistant: Any, sent: Any, settled: Any, result: Any, twilio: Any
) -> None:
    telephone = await known()
    going_on = anyio.Event()

    async def answer(turn: Any) -> Any:
        if turn["text"] == "slow":
            await going_on.wait()
            return result("at last")
        return result("Call 911 now.", kind="emergency")

    assistant.answer = answer
    await telephone.text("slow")
    await telephone.text("I'm numb")
    assert (await sent(3))[2] == "utter_emergency, call 911"
    going_on.set()
    await settled()
    assert twilio.bodies[2:] == ["utter_emergency, call 911", "at last"]


async def test_stop_ends_everything_but_advice_in_danger(
    known: Any, assistant: Any, sent: Any, settled: Any, twilio: Any
) -> None:
    telephone = await known()
    await telephone.text("STOP")
    assert (await sent(3))[2] == "utter_sms_stopped"
    await telephone.text("what is fusion?")
    await telephone.text("stop")
    await telephone.text("I'm numb")
    await sent(4)
    await settled()
    assert twilio.bodies[3:] == ["utter_emergency, call 911"]
    assert assistant.asked == []
    await telephone.text("START")
    await telephone.text("what is fusion?")
    assert (await sent(6))[4:] == ["utter_sms_started", "heard what is fusion?"]


async def test_an_answer_that_is_under_way_when_somebody_stops_is_not_sent(
    known: Any, assistant: Any, sent: Any, settled: Any, result: Any, twilio: Any
) -> None:
    telephone = await known()
    going_on = anyio.Event()

    async def answer(turn: Any) -> Any:
        await going_on.wait()
        return result("too late")

    assistant.answer = answer
    await telephone.text("slow")
    await telephone.text("Quit texting me")
    await sent(3)
    going_on.set()
    last = (await settled())[-1]
    assert twilio.bodies[2:] == ["utter_sms_stopped"]
    assert (last.text, last.delivery_state, last.delivery_error) == (
        "too late",
        "failed",
        "the person has stopped texts",
    )


@pytest.mark.parametrize(
    "parameters",
    [
        {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/media/ME1", "MediaContentType0": "image/jpeg"},
        {"Latitude": "40.7", "Longitude": "-74.0"},
        {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/media/ME1", "MediaContentType0": "text/vcard"},
        {"MessageType": "something-new"},
    ],
)
async def test_what_is_no_words_gets_a_helpful_answer_and_is_not_kept(
    known: Any, sent: Any, stored: Any, parameters: dict[str, str]
) -> None:
    telephone = await known()
    before = len(stored())
    answer = await telephone.text("", **parameters)
    assert answer.status_code == 200
    assert (await sent(3))[2] == "utter_sms_words_only"
    kept = str(stored()[before:])
    assert not any(value in kept for name, value in parameters.items() if name != "NumMedia")


async def test_one_too_many_is_kept_for_staff_and_said_once(
    serve: Any, cipher: Any, twilio: Any, settings: Any, settled: Any
) -> None:
    tight = settings.copy(update={"sms_number_messages_per_minute": 2})
    async with serve(cipher=cipher, sender=twilio, settings=tight) as client:
        telephone = Telephone(client)
        for number in range(5):
            await telephone.text(f"what is {number}?")
        rows = await settled()
    assert [row.text for row in rows if row.author == "visitor"] == [f"what is {number}?" for number in range(5)]
    assert twilio.bodies.count("utter_sms_too_many") == 1
    assert sum("heard" in body for body in twilio.bodies) == 2


async def test_many_new_numbers_open_the_breaker(
    desk_client: Any, database: Database, settled: Any, twilio: Any
) -> None:
    for number in range(30):
        await Telephone(desk_client, number=f"+13055550{number:03}").text("hello")
    await Telephone(desk_client, number="+13055559999").text("I'm numb")
    await settled()
    (alarm,) = rows(database, texting_alarms)
    assert "one_range" in alarm.reasons
    assert len([body for body in twilio.bodies if body == "utter_sms_welcome"]) < 30
    assert ("+13055559999", "utter_emergency, call 911") in twilio.sent


async def test_what_was_left_behind_is_taken_up_at_the_start(
    serve: Any, cipher: Any, twilio: Any, database: Database, sent: Any, red_flags: Any
) -> None:
    detect, held = red_flags.detect, threading.Event()
    red_flags.detect = lambda text: held.wait(10) and None
    async with serve(cipher=cipher, sender=twilio) as client:
        await Telephone(client).text("hello")
    held.set()
    red_flags.detect = detect
    async with serve(cipher=cipher, sender=twilio):
        assert await sent(1) == ["utter_sms_welcome"]
    assert rows(database, incoming_texts) == []
