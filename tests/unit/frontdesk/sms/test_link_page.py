"""What may not be texted opens from its link, for a while; what the page shows is never markup."""

from typing import Any

import pytest

from candidacy.frontdesk.sms.link_page import page
from candidacy.frontdesk.sms.link_token import link_path, message_of
from tests.unit.frontdesk.sms.conftest import PUBLIC_URL

pytestmark = pytest.mark.anyio
SECRET = bytes(32)


@pytest.fixture
async def link(known: Any, assistant: Any, sent: Any, result: Any) -> str:
    """The path that was texted for a read-back."""
    telephone = await known()

    async def answer(turn: Any) -> Any:
        return result("Here is what I have:\n- Fracture: yes (L1).", kind="summary")

    assistant.answer = answer
    await telephone.text("read it back")
    _, url, minutes = (await sent(3))[2].split()
    assert minutes == "60"
    return str(url.removeprefix(PUBLIC_URL))


async def test_the_link_shows_the_message(link: str, desk_client: Any) -> None:
    answer = await desk_client.get(link)
    assert answer.status_code == 200
    assert "<p>- Fracture: yes (L1).</p>" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_it_expires(link: str, desk_client: Any, clock: Any) -> None:
    clock.advance(minutes=61)
    answer = await desk_client.get(link)
    assert answer.status_code == 404
    assert "utter_sms_link_expired" in answer.text
    assert "Fracture" not in answer.text


@pytest.mark.parametrize(
    "change", [lambda link: link[:-1], lambda link: link + "A", lambda link: link.replace("-", "0-", 1)]
)
async def test_nobody_can_make_one_up(link: str, desk_client: Any, change: Any) -> None:
    assert (await desk_client.get(change(link))).status_code == 404


async def test_only_texted_messages_have_one(serve: Any, cipher: Any, twilio: Any, new_session: Any) -> None:
    async with serve(cipher=cipher, sender=twilio) as client:
        await new_session(client)
        secret = cipher.derived_keys(b"candidacy sms link v1")[0]
        assert (await client.get(link_path(1, secret=secret))).status_code == 404


@pytest.mark.parametrize("token", ["", "1", "x-y", "1-", "-1-x", "9" * 40 + "-x"])
def test_what_is_no_token_names_no_message(token: str) -> None:
    assert message_of(token, secrets=[SECRET]) is None


def test_a_token_names_its_message_to_who_has_the_secret() -> None:
    token = link_path(42, secret=SECRET).removeprefix("/sms/read/")
    assert message_of(token, secrets=[SECRET]) == 42
    assert message_of(token, secrets=[bytes(31) + b"1"]) is None
    # What was signed before the key was changed still opens.
    assert message_of(token, secrets=[bytes(31) + b"1", SECRET]) == 42


def test_nothing_on_the_page_is_markup() -> None:
    shown = page("<script>\n\n1 < 2 & $clinic_name", clinic_name="A & B")
    assert "<p>&lt;script&gt;</p>" in shown
    assert "<p>1 &lt; 2 &amp; $clinic_name</p>" in shown
    assert "<title>A &amp; B</title>" in shown
