"""The chat is there when it is wanted, and only then."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browser import Chat
from tests.support.stack import Stack

Visit = Callable[..., Chat]


def test_nothing_opens_and_nothing_is_asked_of_the_server_before_the_visitor_wants_it(visit: Visit) -> None:
    chat = visit()
    expect(chat.panel).to_have_count(0)
    assert chat.focused() == chat.page.evaluate("document.body.innerText.trim().split('\\n')[0]")
    assert [url for url in chat.requests if "/api/" in url] == []


def test_it_does_not_open_by_itself_after_a_reload_either(chat: Chat) -> None:
    chat.page.reload()
    expect(chat.launcher).to_have_text(re.compile("Continue the chat"))
    expect(chat.panel).to_have_count(0)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_it_is_opened_and_closed_from_the_keyboard(visit: Visit, key: str) -> None:
    chat = visit()
    chat.launcher.focus()
    chat.page.keyboard.press(key)
    expect(chat.input).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_have_count(0)
    expect(chat.launcher).to_be_focused()


def test_its_button_is_a_button_with_a_name_and_says_what_it_opens(visit: Visit) -> None:
    chat = visit()
    button = chat.page.get_by_role("button", name="Ask our automated assistant")
    expect(button).to_have_attribute("aria-haspopup", "dialog")


def test_closing_gives_the_page_back(chat: Chat) -> None:
    chat.button("Close the chat").click()
    expect(chat.launcher).to_be_focused()


def test_beside_it_the_page_can_still_be_used(chat: Chat) -> None:
    chat.page.get_by_role("link", name="When it is used").click()
    assert chat.page.url.endswith("#why")
    expect(chat.panel).to_be_visible()


def test_on_a_small_screen_the_focus_stays_in_it(visit: Visit) -> None:
    chat = visit(viewport={"width": 320, "height": 640}).open()
    for _ in range(40):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate("document.activeElement.tagName") in ("CANDIDACY-CHAT", "BODY")
    assert not chat.page.evaluate("document.querySelector('main a').matches(':focus')")


def test_on_a_touch_screen_it_does_not_bring_up_the_keyboard(visit: Visit) -> None:
    chat = visit(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).open()
    assert chat.focused() == "Automated assistant"


def test_nothing_on_the_page_moves_and_nothing_comes_from_elsewhere(chat: Chat, stack: Stack) -> None:
    chat.say("How long is the hospital stay?")
    chat.button("Close the chat").click()
    assert chat.page.evaluate("window.shifts") == []
    assert [url for url in chat.requests if not url.startswith(stack.url + "/")] == []


def test_unread_messages_are_counted_in_the_buttons_name(chat: Chat) -> None:
    chat.button("Close the chat").click()
    chat.take({"text": "Somebody at the clinic has read this.", "author": "staff"}, {"text": "You can go on."})
    expect(chat.page.get_by_role("button", name="Continue the chat 2 new messages")).to_be_visible()
    chat.launcher.click()
    chat.button("Close the chat").click()
    expect(chat.page.get_by_role("button", name="Continue the chat", exact=True)).to_be_visible()
