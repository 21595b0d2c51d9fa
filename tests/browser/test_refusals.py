"""When a message is refused, or the session ends: it is said, nothing typed is lost, and there is a way on."""

import json
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.support.browser import Chat

QUESTION = "How long is the hospital stay?"


def has_seconds_left(chat: Chat, seconds: int) -> None:
    """Have the server say how long the session still lasts."""
    body = {"expires_in": seconds}
    chat.refuse("session", 200, body, method="GET")
    chat.page.evaluate("document.querySelector('candidacy-chat').conversation.readSession()")


def test_a_refused_message_stays_with_a_way_to_try_again_and_the_number(chat: Chat) -> None:
    chat.refuse("messages", 400, {"error": "unexpected", "message": "for developers"})
    chat.write(QUESTION)
    failed = chat.messages.last
    expect(failed).to_contain_text("Not sent.")
    expect(failed.get_by_role("link", name="(212) 430-0312")).to_have_attribute("href", "tel:+1-212-430-0312")
    chat.page.unroute_all()
    chat.button("Try again").click()
    chat.reply()
    assert chat.texts().count(QUESTION) == 1


def test_a_refused_message_can_be_taken_away(chat: Chat) -> None:
    chat.refuse("messages", 400, {"error": "unexpected", "message": "for developers"})
    chat.write(QUESTION)
    chat.button("Remove").click()
    expect(chat.messages).to_have_count(1)


def test_too_many_messages_wait_and_the_servers_words_are_shown(chat: Chat) -> None:
    link = {"text": "(212) 430-0312", "href": "tel:+1-212-430-0312"}
    body = {"error": "too_many", "kind": "fallback", "message": "Please wait, or call (212) 430-0312.", "links": [link]}
    chat.refuse("messages", 429, body, **{"Retry-After": "1"})
    chat.write(QUESTION)
    expect(chat.page.locator("li.message.assistant").last).to_contain_text("Please wait, or call")
    chat.page.unroute_all()
    chat.reply()
    assert chat.texts().count(QUESTION) == 1


def test_a_text_that_is_too_long_stays_in_the_field(chat: Chat) -> None:
    chat.write("a" * 2001)
    expect(chat.input).to_have_value("a" * 2001)
    expect(chat.panel.get_by_role("alert").filter(has_text="too long")).to_contain_text("at most 2000 characters")
    expect(chat.messages).to_have_count(1)


def test_the_end_of_the_session_is_told_before_and_can_be_put_off(chat: Chat) -> None:
    has_seconds_left(chat, 110)
    expect(chat.panel).to_contain_text("This chat ends in 2 minutes.")
    assert any("ends in 2 minutes" in text for text in chat.spoken_texts())
    chat.page.unroute_all()
    chat.button("Keep it open").click()
    expect(chat.page.locator(".notice")).to_have_count(0)
    assert chat.spoken_texts()[-1] == "The chat stays open."


def test_a_message_puts_it_off_too(chat: Chat) -> None:
    has_seconds_left(chat, 110)
    chat.say(QUESTION)
    expect(chat.page.locator(".notice")).to_have_count(0)


def test_an_ended_session_says_so_and_a_new_one_takes_the_unsent_text_along(chat: Chat) -> None:
    chat.refuse("messages", 401, {"error": "session_expired", "message": "for developers"})
    chat.write(QUESTION)
    expect(chat.panel).to_contain_text("This chat has ended because nothing was sent for a long time.")
    chat.page.unroute_all()
    chat.button("Start a new chat").click()
    expect(chat.messages).to_have_count(2)
    chat.button("Try again").click()
    chat.reply()
    assert chat.texts().count(QUESTION) == 1


def test_a_deleted_conversation_says_so(chat: Chat) -> None:
    chat.say("delete my data")
    chat.press("Yes, delete")
    expect(chat.messages).to_have_count(1)
    chat.write(QUESTION)
    expect(chat.panel).to_contain_text("This conversation was deleted.")
    expect(chat.button("Start a new chat")).to_be_visible()


def test_a_page_of_a_proxy_is_no_answer(visit: Callable[..., Chat]) -> None:
    chat = visit()

    def proxy(route: Route) -> None:
        route.fulfill(status=503, body="<h1>Service Unavailable</h1>", content_type="text/html")

    chat.route("*", proxy)
    chat.launcher.click()
    expect(chat.panel).to_contain_text("The assistant can't be reached right now.")


def test_a_wrong_clock_does_not_end_it(visit: Callable[..., Chat]) -> None:
    chat = visit()
    chat.page.clock.set_system_time("2001-01-01")
    chat.open()
    chat.say(QUESTION)
    assert "ended" not in json.dumps(chat.panel.inner_text())
