"""Reloads, second tabs, sleep, no network, a dead front desk: the server has the conversation, nothing comes twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browser import Chat
from tests.support.stack import Stack

HOSPITAL = "How long is the hospital stay?"
PHYSICAL_THERAPY = "Will I need physical therapy?"


def second_tab(chat: Chat) -> Chat:
    page: Page = chat.page.context.new_page()
    return Chat(page, chat.url).visit().open()


def stored_texts(chat: Chat) -> list[str]:
    """The conversation as the server has it."""
    texts: list[str] = chat.page.evaluate(
        """async () => {
            const { api, memory } = document.querySelector("candidacy-chat").conversation;
            const { messages } = await api.messagesAfter(memory.session.token, 0);
            return messages.map(({ text }) => text.replace(/\\n- /g, "\\n"));
        }"""
    )
    return texts


def test_after_a_reload_the_conversation_and_its_live_choices_are_there(chat: Chat) -> None:
    chat.press("Answer screening questions")
    chat.page.reload()
    chat.open()
    expect(chat.messages).to_have_count(3)
    chat.press("Yes, start")
    assert chat.texts()[-1] == "Who are the questions for?"


def test_two_tabs_show_the_same(chat: Chat) -> None:
    other = second_tab(chat)
    chat.say(HOSPITAL)
    expect(other.messages).to_have_count(3)
    other.say(PHYSICAL_THERAPY)
    expect(chat.messages).to_have_count(other.messages.count())
    assert chat.texts() == other.texts() == stored_texts(chat)


def test_a_choice_made_in_one_tab_is_gone_in_the_other(chat: Chat) -> None:
    other = second_tab(chat)
    chat.press("Answer screening questions")
    expect(other.button("Request a consultation")).to_be_disabled()
    expect(other.button("Yes, start")).to_be_enabled()


def test_the_end_in_one_tab_is_the_end_in_the_other(chat: Chat) -> None:
    other = second_tab(chat)
    chat.button("More choices").click()
    chat.button("End and clear").click()
    chat.button("End and clear").first.click()
    expect(other.panel).to_contain_text("The chat has ended.")
    expect(other.messages).to_have_count(0)


def test_without_a_network_messages_wait_in_sight_and_go_out_once(chat: Chat) -> None:
    with chat.offline():
        chat.write(HOSPITAL)
        chat.write(PHYSICAL_THERAPY)
        expect(chat.messages.last).to_contain_text("Not sent yet. It waits here.")
    expect(chat.page.locator("li.waiting")).to_have_count(0)
    chat.reply()
    sent = [text for text in stored_texts(chat) if text in (HOSPITAL, PHYSICAL_THERAPY)]
    assert sent == [HOSPITAL, PHYSICAL_THERAPY]


def test_what_waits_survives_a_reload(chat: Chat) -> None:
    chat.route("messages", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    chat.write(HOSPITAL)
    expect(chat.messages.last).to_contain_text("Not sent yet.")
    chat.page.unroute_all()
    chat.page.reload()
    chat.open()
    chat.reply()
    assert stored_texts(chat).count(HOSPITAL) == 1
    assert chat.texts() == stored_texts(chat)


def test_a_message_whose_receipt_was_lost_is_not_sent_twice(chat: Chat) -> None:
    lost: list[str] = []

    def lose_the_first_receipt(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.fallback()
        lost.append(route.fetch().text())
        route.abort()

    chat.route("messages", lose_the_first_receipt)
    chat.say(HOSPITAL)
    assert lost
    assert stored_texts(chat).count(HOSPITAL) == 1
    assert chat.texts() == stored_texts(chat)


def test_a_front_desk_that_was_killed_is_taken_up_again(chat: Chat, stack: Stack) -> None:
    stack.frontdesk.kill()
    chat.write(HOSPITAL)
    expect(chat.page.locator(".notice.away")).to_be_visible()
    stack.frontdesk.start()
    stack.wait_until_ready()
    chat.button("Try again").click()
    chat.reply()
    expect(chat.page.locator(".notice.away")).to_have_count(0)
    assert chat.texts() == stored_texts(chat)


def test_after_an_hours_sleep_it_catches_up(visit: Callable[..., Chat]) -> None:
    chat = visit()
    chat.page.clock.install()
    chat.launcher.click()
    chat.messages.first.wait_for()
    other = second_tab(chat)
    # The first tab's stream goes deaf without breaking, as sockets do over a sleep.
    chat.page.evaluate(
        "() => { document.querySelector('candidacy-chat').conversation.listener.take = async () => {}; }"
    )
    other.say(HOSPITAL)
    chat.page.clock.fast_forward("01:00:00")
    expect(chat.messages).to_have_count(3)
    assert chat.texts() == other.texts()


@pytest.mark.parametrize("fault", ["blocked", "held back"])
def test_where_no_stream_gets_through_it_asks(visit: Callable[..., Chat], fault: str) -> None:
    chat = visit()

    def block(route: Route) -> None:
        if fault == "blocked":
            route.fulfill(status=502, body="Bad Gateway")

    chat.route("events*", block)
    chat.open()
    chat.say(HOSPITAL)
    chat.say(PHYSICAL_THERAPY)
    assert chat.texts() == stored_texts(chat)
    expect(chat.page.locator(".notice.away")).to_have_count(0)
