"""What a screen reader is given: each reply once, nothing that was there before, no chatter."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.browser import Chat

QUESTION = "How long is the hospital stay?"


def test_a_reply_is_spoken_once_and_as_it_is_written(chat: Chat) -> None:
    chat.say(QUESTION)
    chat.button("Close the chat").click()
    chat.launcher.click()
    reply = chat.texts()[-1]
    (spoken,) = [text for text in chat.spoken_texts() if reply in text]
    assert spoken.startswith(f"Assistant: {reply}")


def test_the_opening_is_spoken_with_its_choices(chat: Chat) -> None:
    assert "Choices: Ask about fusion, Answer screening questions, Request a consultation" in chat.spoken_texts()[0]


def test_the_visitors_own_words_are_not_spoken(chat: Chat) -> None:
    chat.say(QUESTION)
    assert not any(QUESTION in text for text in chat.spoken_texts())


def test_what_comes_back_after_a_reload_is_silent(chat: Chat) -> None:
    chat.say(QUESTION)
    chat.page.reload()
    chat.open()
    expect(chat.messages).to_have_count(3)
    assert chat.spoken() == []


def test_while_the_chat_is_closed_only_their_number_is_spoken(chat: Chat) -> None:
    chat.button("Close the chat").click()
    chat.take({"text": "Something private."})
    assert chat.spoken_texts()[-1] == "1 new message"
    assert not any("private" in text for text in chat.spoken_texts())


def test_that_the_assistant_writes_is_spoken_at_most_once_a_turn(visit: Callable[..., Chat]) -> None:
    chat = visit()
    chat.page.clock.install()
    chat.launcher.click()
    chat.messages.first.wait_for()
    chat.page.evaluate("document.querySelector('candidacy-chat').conversation.listener.pause()")
    chat.take({"author": "visitor", "kind": None, "text": QUESTION})
    for working in (True, False, True, True):
        chat.page.evaluate(f"document.querySelector('candidacy-chat').conversation.setWriting({str(working).lower()})")
        chat.page.clock.fast_forward(3_000)
    assert chat.spoken_texts().count("The assistant is writing …") == 1


def test_no_connection_is_spoken_once_and_so_is_its_return(chat: Chat) -> None:
    with chat.offline():
        expect(chat.page.locator(".notice.away")).to_contain_text("You are offline.")
    expect(chat.page.locator(".notice.away")).to_have_count(0)
    spoken = chat.spoken_texts()
    assert spoken.count("You are offline. What you send waits here and goes out when you are back.") == 1
    assert spoken.count("You are connected again.") == 1
