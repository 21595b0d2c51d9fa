"""Reports on parts, signed, repeated and in any order, move a message on and never back."""

import threading
from typing import Any

import pytest
from sqlalchemy import select

from candidacy.records.database import Database
from candidacy.records.sms.tables import text_parts, texters
from tests.unit.frontdesk.sms.conftest import Telephone

pytestmark = pytest.mark.anyio


@pytest.fixture
def report(telephone: Telephone) -> Any:
    async def report(part: str, status: str, *, sid: str = "SM1", code: str = "") -> int:
        form = {"MessageSid": sid, "MessageStatus": status, "ErrorCode": code}
        return (await telephone.post(f"/sms/twilio/status?part={part}", form)).status_code

    return report


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (["queued", "sent", "delivered"], "delivered"),
        (["delivered", "sent", "queued"], "delivered"),
        (["sent", "sent", "delivered", "delivered"], "delivered"),
        (["sent"], "sent"),
        (["sent", "undelivered"], "failed"),
        (["undelivered", "delivered", "sent"], "failed"),
        (["something-new"], "sent"),
    ],
)
async def test_a_message_moves_on_and_never_back(
    known: Any, settled: Any, report: Any, stored: Any, statuses: list[str], state: str
) -> None:
    await known()
    message = (await settled())[-1]
    for status in statuses:
        assert await report(f"{message.id}.1", status, code="30003" if status == "undelivered" else "") == 204
    assert stored()[-1].delivery_state == state
    assert ("30003" in (stored()[-1].delivery_error or "")) == (state == "failed")


async def test_a_message_of_two_parts_is_delivered_when_both_are(
    known: Any, settled: Any, report: Any, stored: Any, assistant: Any, result: Any
) -> None:
    telephone = await known()
    long = " ".join(f"This is sentence number {number} of a long answer." for number in range(10))

    async def answer(turn: Any) -> Any:
        return result(long)

    assistant.answer = answer
    await telephone.text("tell me everything")
    message = (await settled())[-1]
    await report(f"{message.id}.2", "delivered", sid="SM2")
    assert stored()[-1].delivery_state == "sent"
    await report(f"{message.id}.1", "delivered", sid="SM1")
    assert stored()[-1].delivery_state == "delivered"


async def test_a_report_that_comes_before_the_answer_to_the_request_is_kept(
    known: Any, twilio: Any, until: Any, report: Any, stored: Any, settled: Any, database: Database
) -> None:
    telephone = await known()
    twilio.hold = threading.Event()
    await telephone.text("HELP")

    async def claimed() -> bool:
        return stored()[-1].topic == "sms_help" and stored()[-1].delivery_attempts == 1

    await until(claimed)
    await report(f"{stored()[-1].id}.1", "delivered")
    twilio.hold.set()
    assert (await settled())[-1].delivery_state == "delivered"
    with database.read_session() as session:
        part = session.execute(select(text_parts).where(text_parts.c.message_id == stored()[-1].id)).one()
    assert (part.number, part.state) == (1, "delivered")


async def test_somebody_on_twilios_list_of_those_who_stopped_is_noted(
    known: Any, settled: Any, report: Any, database: Database
) -> None:
    await known()
    message = (await settled())[-1]
    await report(f"{message.id}.1", "failed", code="21610")
    with database.read_session() as session:
        assert session.execute(select(texters.c.stopped_at)).scalar_one() is not None


@pytest.mark.parametrize(("part", "status"), [("999.1", 204), ("", 400), ("1", 400), ("x.1", 400), ("1.-1", 400)])
async def test_a_report_on_nothing_changes_nothing(report: Any, database: Database, part: str, status: int) -> None:
    assert await report(part, "delivered") == status
    with database.read_session() as session:
        assert session.execute(select(text_parts)).all() == []
