"""What is said reaches Twilio in order and with its address for reports; failures are retried, or shown to staff."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from candidacy.assistant.reply import Reply
from candidacy.frontdesk.sms.twilio_sender import TextNotSent
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import say
from candidacy.records.sms.tables import link_codes, text_receipts, texters
from candidacy.records.tables import conversations, messages
from candidacy.sms.delivery import MOST_ATTEMPTS
from tests.unit.frontdesk.sms.conftest import PUBLIC_URL, SENDER

pytestmark = pytest.mark.anyio


@pytest.fixture
def tell(database: Database, clock: Any, stored: Any) -> Any:
    """Say something to the one who texts, as staff would."""

    def tell(*replies: Reply) -> None:
        with database.session() as session:
            say(
                session,
                conversation_id=stored()[-1].conversation_id,
                replies=replies,
                author="staff",
                delivery_state="queued",
                now=clock(),
            )

    return tell


def answer(text: str, kind: str = "answer") -> Reply:
    return Reply(text=text, kind=kind)


LONG = " ".join(f"This is sentence number {number} of a long answer." for number in range(16))


async def test_parts_go_out_in_order_each_with_its_own_address_for_reports(
    known: Any, tell: Any, twilio: Any, settled: Any
) -> None:
    await known()
    tell(answer(LONG), answer("And one more."))
    *_, long, _more = await settled()
    sent, callbacks = twilio.sent[2:], twilio.callbacks[2:]
    assert {to for to, _ in sent} == {SENDER}
    assert " ".join(body for _, body in sent) == f"{LONG} And one more."
    assert all(len(body) <= 320 for _, body in sent)
    assert callbacks[0] == f"{PUBLIC_URL}/sms/twilio/status?part={long.id}.1"
    assert callbacks[1] == f"{PUBLIC_URL}/sms/twilio/status?part={long.id}.2"
    assert long.delivery_state == "sent"


@pytest.fixture
def wait_out(twilio: Any, stored: Any, clock: Any, until: Any) -> Any:
    """Lets the time pass until a message is tried again, as often as it is, and gives the message in its end."""

    async def wait(message_id: int) -> Any:
        async def ended() -> Any:
            message = next(row for row in stored() if row.id == message_id)
            # Claimed, it has one attempt more than failed.
            if message.delivery_state == "queued" and message.delivery_attempts == twilio.failed:
                clock.present = max(clock.present, message.next_attempt_at or clock.present)
            return message if message.delivery_state != "queued" else None

        return await until(ended)

    return wait


@pytest.mark.parametrize(
    "failure",
    [
        TextNotSent(status_code=429, retry_after=timedelta(seconds=7)),
        TextNotSent(status_code=503),
        TextNotSent(),
    ],
)
async def test_what_may_pass_is_tried_again_and_the_next_message_waits(
    known: Any, tell: Any, twilio: Any, until: Any, stored: Any, clock: Any, settled: Any, wait_out: Any, failure: Any
) -> None:
    await known()
    await settled()
    twilio.failures = [failure, failure]
    tell(answer("first"), answer("second"))

    async def postponed() -> bool:
        return bool(stored()[-2].delivery_error)

    await until(postponed)
    first, second = stored()[-2:]
    assert (first.delivery_state, second.delivery_attempts) == ("queued", 0)
    if failure.retry_after:
        assert first.next_attempt_at - clock() >= failure.retry_after
    first = await wait_out(first.id)
    assert (first.delivery_state, first.delivery_attempts, first.delivery_error) == ("sent", 3, None)
    await settled()
    assert twilio.bodies[2:] == ["first", "second"]


async def test_it_is_not_tried_for_ever(
    known: Any, tell: Any, twilio: Any, stored: Any, settled: Any, wait_out: Any
) -> None:
    await known()
    await settled()
    twilio.failures = [TextNotSent(status_code=500)] * 100
    tell(answer("first"))
    given_up = await wait_out(stored()[-1].id)
    assert given_up.delivery_state == "failed"
    assert given_up.delivery_attempts == twilio.failed == MOST_ATTEMPTS
    assert given_up.delivery_error


async def test_a_permanent_error_is_shown_to_staff_and_does_not_hold_up_the_next(
    known: Any, tell: Any, twilio: Any, settled: Any
) -> None:
    await known()
    twilio.failures = [TextNotSent(status_code=400, error_code=21211)]
    tell(answer("first"), answer("second"))
    *_, first, second = await settled()
    assert (first.delivery_state, first.delivery_attempts) == ("failed", 1)
    assert "21211" in first.delivery_error
    assert second.delivery_state == "sent"


async def test_twilios_own_list_of_those_who_stopped_is_kept_to(
    known: Any, tell: Any, twilio: Any, settled: Any, database: Database
) -> None:
    await known()
    twilio.failures = [TextNotSent(status_code=400, error_code=21610)]
    tell(answer("first"), answer("second"), answer("Call 911 now.", kind="emergency"))
    twilio.failures = twilio.failures[:1]
    *_, first, second, _danger = await settled()
    assert {first.delivery_state, second.delivery_state} == {"failed"}
    with database.read_session() as session:
        assert session.execute(select(texters.c.stopped_at)).scalar_one() is not None


async def test_danger_advice_goes_before_what_waits_to_be_tried_again(
    known: Any, tell: Any, twilio: Any, until: Any, stored: Any, sent: Any
) -> None:
    await known()
    twilio.failures = [TextNotSent(status_code=503)]
    tell(answer("first"))

    async def postponed() -> bool:
        return bool(stored()[-1].delivery_error)

    await until(postponed)
    tell(answer("second"), answer("Call 911 now.", kind="emergency"))
    assert (await sent(3))[2:] == ["Call 911 now."]


async def test_what_may_not_be_texted_is_a_link_with_the_same_choices(
    known: Any, tell: Any, twilio: Any, settled: Any
) -> None:
    await known()
    tell(answer("- Fracture of the spine: yes (L1).", kind="summary"))
    await settled()
    assert "Fracture" not in twilio.bodies[2]
    assert f"{PUBLIC_URL}/sms/read/" in twilio.bodies[2]


async def test_an_erased_number_is_deleted_once_its_owner_was_told(
    known: Any, tell: Any, twilio: Any, settled: Any, until: Any, stored: Any, database: Database, clock: Any
) -> None:
    await known()
    conversation_id = stored()[-1].conversation_id
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation_id, now=clock())
        say(
            session,
            conversation_id=conversation_id,
            replies=[answer("All is deleted.")],
            delivery_state="queued",
            now=clock(),
        )
    await settled()
    assert twilio.bodies[2:] == ["All is deleted."]
    clock.advance(hours=1)

    async def forgotten() -> bool:
        with database.read_session() as session:
            return session.execute(select(texters)).first() is None

    await until(forgotten)
    with database.read_session() as session:
        assert session.execute(select(conversations.c.texter_key)).scalars().all() == [None]


async def test_old_receipts_are_cleared_away(known: Any, database: Database, clock: Any, until: Any) -> None:
    await known()
    clock.advance(days=8)

    async def cleared() -> bool:
        with database.read_session() as session:
            return not session.execute(select(text_receipts)).all() and not session.execute(select(link_codes)).all()

    await until(cleared)


async def test_a_claim_that_was_lost_writes_nothing(
    known: Any, tell: Any, twilio: Any, until: Any, stored: Any, database: Database
) -> None:
    await known()
    twilio.hold = threading.Event()
    tell(answer("slow"))

    async def claimed() -> bool:
        return stored()[-1].delivery_attempts == 1

    await until(claimed)
    with database.session() as session:
        session.execute(update(messages).where(messages.c.id == stored()[-1].id).values(delivery_attempts=2))
    twilio.hold.set()

    async def sent() -> bool:
        return "slow" in twilio.bodies

    await until(sent)
    assert stored()[-1].delivery_state == "queued"
