"""Somebody of the staff has the conversation of who texts: they are texted, and the assistant says nothing."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select

from candidacy.assistant.reply import Reply
from candidacy.records.consents import latest_consent
from candidacy.records.console.claims import HANDED_BACK, claim, hand_back
from candidacy.records.console.red_flags import red_flags_of
from candidacy.records.console.staff_messages import send
from candidacy.records.conversations import request_person
from candidacy.records.database import Database
from candidacy.records.sms.tables import texters
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations
from tests.unit.frontdesk.sms.conftest import Telephone

pytestmark = pytest.mark.anyio
ANN = 1
HERE = Reply(text="A person is here.", kind="notice")
BACK = Reply(text="The assistant is back.", kind="notice")


class Staff:
    """Ann of the staff at the console, which shares only the database with the front desk."""

    def __init__(self, database: Database, now: Callable[[], Any]) -> None:
        self._database, self._now = database, now
        with database.session() as session:
            values = {"sign_in_name": "ann", "full_name": "Ann", "role": "agent", "created_at": now()}
            session.execute(insert(staff_accounts).values(id=ANN, **values))

    @property
    def conversation(self) -> str:
        """Where the only number texts."""
        with self._database.read_session() as session:
            found: str = session.execute(select(texters.c.conversation_id)).scalar_one()
            return found

    def do(self, query: Callable[..., Any], **options: Any) -> Any:
        with self._database.session() as session:
            return query(session, conversation_id=self.conversation, now=self._now(), **options)

    def claim(self) -> None:
        self.do(claim, staff_id=ANN, notice=HERE)

    def say(self, text: str, *, at_any_hour: bool = False) -> None:
        self.do(send, staff_id=ANN, client_id=text, text=text, at_any_hour=at_any_hour)

    def hand_back(self) -> None:
        self.do(hand_back, staff_id=ANN, notice=BACK)

    def red_flags(self) -> list[str]:
        """The levels of the red flags that alarm."""
        with self._database.read_session() as session:
            flags = red_flags_of(session, conversation_id=self.conversation)
            alarming = session.execute(select(conversations.c.alarming)).scalar_one()
        assert alarming == any(flag.acknowledged_at is None for flag in flags)
        return [flag.level for flag in flags]


@pytest.fixture
def staff(database: Database, clock: Any) -> Staff:
    return Staff(database, clock)


async def test_both_talk_by_text_and_the_assistant_hears_nothing(
    known: Any, staff: Staff, sent: Any, settled: Any, assistant: Any
) -> None:
    telephone = await known()
    staff.claim()
    assert (await sent(3))[2] == "A person is here."
    await telephone.text("who is there?")
    await settled()
    staff.say("This is Ann.")
    assert (await sent(4))[3] == "This is Ann."
    await telephone.text("yes")
    rows = await settled()
    assert [(row.author, row.text, row.delivery_state) for row in rows[-3:]] == [
        ("visitor", "who is there?", None),
        ("staff", "This is Ann.", "sent"),
        ("visitor", "yes", None),
    ]
    assert assistant.asked == []


async def test_a_yes_to_a_person_is_no_consent_to_texts(
    telephone: Telephone, staff: Staff, sent: Any, settled: Any, database: Database
) -> None:
    await telephone.text("hello")
    await sent(1)
    staff.claim()
    await telephone.text("yes")
    await settled()
    with database.read_session() as session:
        assert latest_consent(session, conversation_id=staff.conversation, purpose="texting") is None


async def test_danger_is_still_answered_at_once_and_alarms(
    known: Any, staff: Staff, sent: Any, settled: Any, assistant: Any
) -> None:
    telephone = await known()
    staff.claim()
    await telephone.text("I'm numb")
    # It may well go before the word that a person is here.
    assert "utter_emergency, call 911" in await sent(4)
    await settled()
    assert staff.red_flags() == ["emergency"]
    assert assistant.asked == []


@pytest.mark.parametrize("before", [(), ("STOP",)])
async def test_danger_alarms_once_whether_or_not_there_is_a_turn(
    known: Any, staff: Staff, settled: Any, before: tuple[str, ...]
) -> None:
    telephone = await known()
    for text in (*before, "I'm numb"):
        await telephone.text(text)
    await settled()
    assert staff.red_flags() == ["emergency"]


async def test_what_was_under_way_when_a_person_took_it_is_not_texted(
    known: Any, staff: Staff, settled: Any, assistant: Any, until: Any, result: Any, twilio: Any
) -> None:
    telephone = await known()

    async def answer(turn: Any) -> Any:
        staff.claim()
        return result("too late")

    assistant.answer = answer
    await telephone.text("slow")

    async def look() -> bool:
        return "A person is here." in twilio.bodies

    await until(look)
    await settled()
    assert twilio.bodies[2:] == ["A person is here."]


async def test_handed_back_the_assistant_goes_on_by_text(known: Any, staff: Staff, sent: Any, assistant: Any) -> None:
    await known()
    staff.claim()
    staff.hand_back()
    assert (await sent(5))[2:] == ["A person is here.", "The assistant is back.", f"heard {HANDED_BACK}"]
    assert [turn["channel"] for turn in assistant.asked] == ["sms"]


async def test_a_text_from_before_the_handing_back_answers_nothing(
    known: Any, staff: Staff, red_flags: Any, clock: Any, sent: Any, settled: Any, assistant: Any
) -> None:
    telephone = await known()
    staff.claim()
    detect, handed_back = red_flags.detect, threading.Event()

    def detect_late(text: str) -> Any:
        # The text is kept, and not taken up before the conversation is handed back.
        return handed_back.wait(10) and detect(text) if text == "yes" else detect(text)

    red_flags.detect = detect_late
    await telephone.text("yes")
    clock.advance(seconds=1)
    staff.hand_back()
    handed_back.set()
    await sent(5)
    rows = await settled()
    assert [row.text for row in rows if row.author == "visitor"] == ["hello", "yes", "yes"]
    assert [turn["payload"] for turn in assistant.asked] == [HANDED_BACK]


async def test_a_website_chat_that_goes_on_by_text_is_answered_in_both(
    desk_client: Any, new_session: Any, telephone: Telephone, staff: Staff, sent: Any, read_until: Any, assistant: Any
) -> None:
    web = await new_session(desk_client)
    code = (await desk_client.post("/api/chat/link-code", headers=web)).json()["code"]
    await telephone.text(code)
    await sent(2)
    staff.claim()
    staff.say("This is Ann.")
    assert (await sent(4))[2:] == ["A person is here.", "This is Ann."]
    desk_client.headers.update(web)
    read = [message["text"] for message in await read_until(desk_client, count=5)]
    assert read[3:] == ["A person is here.", "This is Ann."]
    staff.hand_back()
    await sent(6)
    assert [turn["channel"] for turn in assistant.asked] == ["sms"]


async def test_back_on_the_website_they_are_texted_no_more(
    desk_client: Any, new_session: Any, telephone: Telephone, staff: Staff, sent: Any, read_until: Any, twilio: Any
) -> None:
    web = await new_session(desk_client)
    code = (await desk_client.post("/api/chat/link-code", headers=web)).json()["code"]
    await telephone.text(code)
    await sent(2)
    desk_client.headers.update(web)
    await desk_client.post("/api/chat/messages", json={"client_id": "1", "text": "and here"})
    await read_until(desk_client, count=5)
    staff.claim()
    assert (await read_until(desk_client, count=6))[-1]["text"] == "A person is here."
    assert len(twilio.sent) == 2


async def test_nobody_came_is_texted(serve: Any, cipher: Any, twilio: Any, staff: Staff, clock: Any, sent: Any) -> None:
    async with serve(cipher=cipher, sender=twilio) as client:
        await Telephone(client).text("hello")
        await sent(1)
        staff.do(request_person)
        clock.advance(minutes=11)
    async with serve(cipher=cipher, sender=twilio):
        assert (await sent(2))[1] == "utter_nobody_came, call 911"
