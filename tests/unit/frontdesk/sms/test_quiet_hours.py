"""What begins anew at night is held back until the morning, or until they write; answers and danger advice are not."""

from datetime import datetime, timezone
from typing import Any

import pytest

from candidacy.records.conversations import request_person
from candidacy.records.database import Database
from tests.unit.frontdesk.sms.conftest import Telephone
from tests.unit.frontdesk.sms.test_with_a_person import Staff

pytestmark = pytest.mark.anyio
NIGHT = datetime(2030, 5, 2, 2, 40, tzinfo=timezone.utc)
"""20 minutes to 11 in the evening for the telephone, which is in Florida."""
MORNING = datetime(2030, 5, 2, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def staff(database: Database, clock: Any) -> Staff:
    return Staff(database, clock)


@pytest.fixture
def held(stored: Any, until: Any) -> Any:
    """Waits until so many messages are held back until the morning; gives them."""

    async def wait(count: int) -> list[str]:
        async def look() -> list[str] | None:
            rows = [row for row in stored() if row.delivery_state == "queued" and row.next_attempt_at == MORNING]
            return [row.text for row in rows] if len(rows) == count else None

        texts: list[str] = await until(look)
        return texts

    return wait


async def test_what_staff_begin_at_night_waits_for_the_morning(
    known: Any, staff: Staff, clock: Any, held: Any, sent: Any, twilio: Any
) -> None:
    await known()
    clock.present = NIGHT
    staff.claim()
    assert await held(1) == ["A person is here."]
    staff.say("This is Ann.")
    assert len(twilio.sent) == 2
    clock.present = MORNING
    assert (await sent(4))[2:] == ["A person is here.", "This is Ann."]


async def test_staff_may_say_that_it_goes_out_all_the_same_with_what_was_held_before_it(
    known: Any, staff: Staff, clock: Any, held: Any, sent: Any
) -> None:
    await known()
    clock.present = NIGHT
    staff.claim()
    await held(1)
    staff.say("This is Ann.", at_any_hour=True)
    assert (await sent(4))[2:] == ["A person is here.", "This is Ann."]


async def test_when_they_write_what_was_held_goes_out(
    known: Any, staff: Staff, clock: Any, held: Any, sent: Any
) -> None:
    telephone = await known()
    clock.present = NIGHT
    staff.claim()
    await held(1)
    await telephone.text("is anybody there?")
    assert (await sent(3))[2:] == ["A person is here."]


async def test_an_answer_goes_out_at_night(known: Any, clock: Any, sent: Any) -> None:
    telephone = await known()
    clock.present = NIGHT
    await telephone.text("How long?")
    assert (await sent(3))[2] == "heard How long?"
    await telephone.text("HELP")
    assert (await sent(4))[3] == "utter_sms_help"


async def test_who_wrote_a_moment_ago_is_answered_by_staff_at_night(
    known: Any, staff: Staff, clock: Any, sent: Any
) -> None:
    telephone = await known()
    clock.present = NIGHT
    staff.claim()
    await telephone.text("is anybody there?")
    clock.advance(minutes=119)
    staff.say("This is Ann.")
    assert "This is Ann." in await sent(4)


async def test_danger_advice_does_not_wait_for_what_is_held(
    known: Any, staff: Staff, clock: Any, held: Any, sent: Any
) -> None:
    telephone = await known()
    clock.present = NIGHT
    staff.claim()
    await held(1)
    await telephone.text("I'm numb")
    assert "utter_emergency, call 911" in await sent(4)


async def test_that_nobody_came_waits_for_the_morning(
    serve: Any, cipher: Any, twilio: Any, staff: Staff, clock: Any, held: Any, sent: Any
) -> None:
    async with serve(cipher=cipher, sender=twilio) as client:
        await Telephone(client).text("hello")
        await sent(1)
        staff.do(request_person)
        clock.present = NIGHT
    async with serve(cipher=cipher, sender=twilio):
        assert await held(1) == ["utter_nobody_came, call 911"]
        assert len(twilio.sent) == 1


async def test_handed_back_at_night_the_assistant_waits_too(
    known: Any, staff: Staff, clock: Any, held: Any, twilio: Any
) -> None:
    await known()
    clock.present = NIGHT
    staff.claim()
    staff.hand_back()
    # In order: what is behind the first of them is not looked at before it goes out.
    assert await held(1) == ["A person is here."]
    assert len(twilio.sent) == 2
