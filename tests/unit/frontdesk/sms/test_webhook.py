"""What Twilio posts is kept once and acknowledged with nothing; what anybody else posts leaves no trace."""

import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from candidacy.records.database import Database
from candidacy.records.sms.tables import incoming_texts, text_receipts, texters
from candidacy.records.tables import conversations
from candidacy.settings import Settings
from tests.unit.frontdesk.sms.conftest import NUMBER, PUBLIC_URL, SENDER, Telephone

pytestmark = pytest.mark.anyio

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response />'


def count(database: Database, table: Any) -> int:
    with database.read_session() as session:
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


async def test_a_text_is_acknowledged_with_nothing(telephone: Telephone, sent: Any) -> None:
    answer = await telephone.text("hello")
    assert (answer.status_code, answer.text) == (200, EMPTY)
    assert answer.headers["content-type"].startswith("application/xml")
    assert await sent(1) == ["utter_sms_welcome"]


@pytest.mark.parametrize("signature", [None, "", "bm90IHNpZ25lZA=="])
async def test_what_is_not_signed_is_refused_without_a_trace(
    desk_client: httpx.AsyncClient, database: Database, signature: str | None
) -> None:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    form = {"MessageSid": "SM1", "From": SENDER, "To": NUMBER, "Body": "I'm numb"}
    for path in ("/sms/twilio", "/sms/twilio/status?part=1.1"):
        assert (await desk_client.post(path, data=form, headers=headers)).status_code == 403
    for table in (conversations, incoming_texts, text_receipts, texters):
        assert count(database, table) == 0


async def test_a_signature_over_another_body_is_refused(telephone: Telephone, database: Database) -> None:
    form = {"MessageSid": "SM1", "From": SENDER, "Body": "hello"}
    signature = RequestValidator("a-token").compute_signature(f"{PUBLIC_URL}/sms/twilio", form)
    answer = await telephone.client.post(
        "/sms/twilio", data={**form, "Body": "other"}, headers={"X-Twilio-Signature": signature}
    )
    assert answer.status_code == 403
    assert count(database, texters) == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("SM1", "token 1"), ("SM1", "token 2")),
        (("SM1", "token 1"), ("SM2", "token 1")),
        (("SM1", None), ("SM1", None)),
    ],
)
async def test_a_repeated_message_is_one(
    telephone: Telephone, stored: Any, settled: Any, first: Any, second: Any
) -> None:
    for sid, token in (first, second):
        headers = {"I-Twilio-Idempotency-Token": token} if token else {}
        form = {"MessageSid": sid, "From": SENDER, "To": NUMBER, "Body": "what is fusion?", "NumMedia": "0"}
        assert (await telephone.post("/sms/twilio", form, **headers)).status_code == 200
    await settled()
    assert [row.text for row in stored() if row.author == "visitor"] == ["what is fusion?"]


@pytest.mark.parametrize("sender", ["12345", "CLINIC", "", "+14165550123", "+18765550123"])
async def test_who_is_no_person_or_too_far_away_gets_nothing(
    telephone: Telephone, database: Database, sender: str
) -> None:
    answer = await telephone.text("hello", From=sender)
    assert (answer.status_code, answer.text) == (200, EMPTY)
    assert count(database, texters) == 0


async def test_while_nothing_can_be_kept_the_acknowledgement_itself_says_so(
    telephone: Telephone, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "candidacy.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        calm, danger, stop = [await telephone.text(body) for body in ("hello", "I'm numb", "STOP")]
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert "<Message>utter_not_received, call 911</Message>" in calm.text
    assert danger.text.index("utter_emergency") < danger.text.index("utter_not_received")
    assert stop.text == EMPTY


async def test_without_their_settings_none_of_it_is_there(serve: Any) -> None:
    async with serve(settings=Settings()) as client:
        for path in ("/sms/twilio", "/sms/twilio/status", "/api/chat/link-code"):
            assert (await client.post(path)).status_code == 404
        assert "/api/chat/link-code" not in (await client.get("/openapi.json")).json()["paths"]
