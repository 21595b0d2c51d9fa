"""Danger advice is seen and heard at once, with its numbers to tap, whatever else is down."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.support.action_switch import Fault
from tests.support.browser import Chat
from tests.support.stack import Stack

EMERGENCY = "I can't feel between my legs and I can't pee"
CRISIS = "I want to kill myself"
CLINIC = "tel:+1-212-430-0312"


def numbers(inside: Locator) -> list[str | None]:
    """The numbers to tap."""
    return [link.get_attribute("href") for link in inside.locator("a.call").all()]


@pytest.fixture
def front_desk_away(stack: Stack) -> Iterator[Callable[[], None]]:
    """Kill the front desk; it is there again after the test."""
    yield stack.frontdesk.kill
    stack.frontdesk.start()
    stack.wait_until_ready()


@pytest.mark.parametrize(("text", "first"), [(EMERGENCY, "tel:911"), (CRISIS, "tel:988")])
def test_the_number_to_call_is_there_to_tap_and_spoken_at_once(chat: Chat, text: str, first: str) -> None:
    advice = chat.say(text)
    expect(advice.get_by_text("Assistant: Important")).to_be_in_viewport()
    expect(advice.locator("a.call").first).to_be_in_viewport()
    assert numbers(advice)[0] == first
    spoken = [entry for entry in chat.spoken() if entry["how"] == "at once"]
    assert len(spoken) == 1
    assert first.removeprefix("tel:") in spoken[0]["text"]


def test_a_crisis_names_911_too(chat: Chat) -> None:
    assert numbers(chat.say(CRISIS)) == ["tel:988", "tel:911"]


def test_it_is_seen_and_spoken_while_the_chat_is_closed(chat: Chat) -> None:
    chat.button("Close the chat").click()
    chat.take({"kind": "emergency", "text": "Call 911 now.", "links": [{"text": "911", "href": "tel:911"}]})
    card = chat.page.get_by_role("group", name="Important")
    expect(card.get_by_role("link", name="Call 911")).to_be_in_viewport()
    expect(chat.panel).to_have_count(0)
    expect(chat.launcher).to_be_focused()
    assert {"how": "at once", "text": "Assistant: Call 911 now."} in chat.spoken()


def test_with_the_assistant_broken_the_advice_still_comes(chat: Chat, stack: Stack) -> None:
    with stack.switch.fault(Fault.DEAD):
        assert numbers(chat.say(EMERGENCY))[0] == "tel:911"


def test_with_the_front_desk_gone_the_widget_itself_names_the_numbers(
    chat: Chat, front_desk_away: Callable[[], None]
) -> None:
    front_desk_away()
    chat.write(EMERGENCY)
    notice = chat.page.locator(".notice.away")
    expect(notice).to_contain_text("The assistant can't be reached right now.")
    assert numbers(notice) == [CLINIC, "tel:911", "tel:988"]
    assert any("can't be reached" in text for text in chat.spoken_texts())


def test_so_it_does_for_somebody_who_opens_it_only_then(
    visit: Callable[..., Chat], front_desk_away: Callable[[], None]
) -> None:
    chat = visit()
    front_desk_away()
    chat.launcher.click()
    assert numbers(chat.page.locator(".notice.away")) == [CLINIC, "tel:911", "tel:988"]


def test_advice_that_comes_with_a_refusal_is_shown_as_advice(chat: Chat) -> None:
    links = [{"text": "911", "href": "tel:911"}]
    body = {"error": "too_many", "kind": "emergency", "message": "Call 911 now.", "links": links}
    chat.refuse("messages", 429, body, **{"Retry-After": "60"})
    chat.write(EMERGENCY)
    expect(chat.panel.get_by_role("link", name="Call 911").first).to_be_in_viewport()
    assert {"how": "at once", "text": "Assistant: Call 911 now."} in chat.spoken()
