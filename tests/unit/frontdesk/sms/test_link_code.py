"""A code of the website chat takes that conversation to a telephone, once, within 10 minutes and five tries."""

from typing import Any

import httpx
import pytest

from tests.unit.frontdesk.sms.conftest import NUMBER, Telephone

pytestmark = pytest.mark.anyio


@pytest.fixture
async def web(desk_client: httpx.AsyncClient, new_session: Any) -> dict[str, str]:
    """The headers of a visitor of the website."""
    headers: dict[str, str] = await new_session(desk_client)
    return headers


@pytest.fixture
def new_code(desk_client: httpx.AsyncClient, web: dict[str, str]) -> Any:
    async def make() -> str:
        answer = await desk_client.post("/api/chat/link-code", headers=web)
        assert answer.status_code == 201
        assert answer.json().keys() == {"code", "number", "expires_in"}
        assert (answer.json()["number"], answer.json()["expires_in"]) == (NUMBER, 600)
        return str(answer.json()["code"])

    return make


async def test_the_same_conversation_goes_on_by_text(
    new_code: Any, telephone: Telephone, sent: Any, desk_client: Any, web: Any, read_until: Any, assistant: Any
) -> None:
    await telephone.text(f"my code is {await new_code()}")
    assert await sent(2) == ["utter_sms_linked", "utter_sms_welcome"]
    await telephone.text("what is fusion?")
    assert (await sent(3))[2] == "heard what is fusion?"
    desk_client.headers.update(web)
    texts = [message["text"] for message in await read_until(desk_client, count=5)]
    assert texts[1:] == ["utter_sms_linked", "utter_sms_welcome", "what is fusion?", "heard what is fusion?"]
    posted = await desk_client.post("/api/chat/messages", json={"client_id": "1", "text": "and here"})
    assert posted.status_code == 202
    await read_until(desk_client, count=7)
    assert [turn["channel"] for turn in assistant.asked] == ["sms", "web"]
    assert len(await sent(3)) == 3


async def test_a_code_works_once(new_code: Any, desk_client: Any, telephone: Telephone, sent: Any) -> None:
    code = await new_code()
    await telephone.text(code)
    await sent(2)
    await Telephone(desk_client, number="+13055550199").text(code)
    assert (await sent(4))[2:] == ["utter_sms_code_refused", "utter_sms_welcome"]


async def test_a_code_lasts_ten_minutes(new_code: Any, telephone: Telephone, sent: Any, clock: Any) -> None:
    code = await new_code()
    clock.advance(minutes=10, seconds=1)
    await telephone.text(code)
    assert (await sent(1))[0] == "utter_sms_code_refused"


async def test_a_new_code_takes_the_place_of_the_last(new_code: Any, telephone: Telephone, sent: Any) -> None:
    first = await new_code()
    await new_code()
    await telephone.text(first)
    assert (await sent(1))[0] == "utter_sms_code_refused"


async def test_after_five_wrong_codes_none_works(
    new_code: Any, telephone: Telephone, sent: Any, clock: Any, settled: Any
) -> None:
    code = await new_code()
    for wrong in ("234-CDF-GHJ", "235-CDF-GHJ", "236-CDF-GHJ", "237-CDF-GHJ", "238-CDF-GHJ", code):
        await telephone.text(wrong)
    assert (await sent(7)).count("utter_sms_code_refused") == 6
    clock.advance(minutes=11)
    await telephone.text(await new_code())
    assert (await sent(8))[-1] == "utter_sms_linked"


async def test_the_code_stands_in_no_transcript(new_code: Any, telephone: Telephone, sent: Any, stored: Any) -> None:
    code = await new_code()
    await telephone.text(code)
    await sent(2)
    assert code not in str(stored())
