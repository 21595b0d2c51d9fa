"""A person, a copy, the end: from wherever the visitor is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import Chat

PERSON = "Talk to a person"


def end(chat: Chat) -> None:
    chat.button("More choices").click()
    chat.button("End and clear").click()
    chat.button("End and clear").first.click()


@pytest.mark.parametrize(
    "presses", [[], ["Answer screening questions"], ["Request a consultation"]], ids=["opening", "screening", "request"]
)
def test_a_person_can_be_asked_for_from_anywhere(chat: Chat, presses: list[str]) -> None:
    for title in presses:
        chat.press(title)
    chat.press(PERSON)
    assert PERSON in chat.texts()
    assert "(212) 430-0312" in chat.texts()[-1]


def test_without_a_network_the_wish_for_a_person_waits_beside_the_number(chat: Chat) -> None:
    with chat.offline():
        chat.button(PERSON).click()
        expect(chat.messages.last).to_contain_text("Not sent yet.")
        expect(chat.page.locator(".notice.away").get_by_role("link", name="(212) 430-0312")).to_be_visible()
    chat.reply()
    assert chat.texts().count(PERSON) == 1


def test_a_person_can_be_asked_for_after_the_end(chat: Chat) -> None:
    end(chat)
    chat.press(PERSON)
    assert PERSON in chat.texts()


def test_the_end_clears_the_browser_and_the_token_opens_nothing_any_more(chat: Chat) -> None:
    token = chat.page.evaluate("document.querySelector('candidacy-chat').conversation.memory.session.token")
    chat.say("How long is the hospital stay?")
    with chat.page.expect_response(lambda response: response.request.method == "DELETE"):
        end(chat)
    expect(chat.messages).to_have_count(0)
    expect(chat.panel).to_contain_text("The chat has ended.")
    kept = chat.page.evaluate("Object.keys(localStorage)")
    assert [key.split()[-1] for key in kept] == ["clinic"]
    answer = chat.page.request.get(f"{chat.url}/api/chat/messages", headers={"Authorization": f"Bearer {token}"})
    assert answer.status == 401


def test_the_end_can_be_had_without_a_network(chat: Chat) -> None:
    with chat.offline():
        end(chat)
        expect(chat.panel).to_contain_text("The chat has ended.")
        assert not any("session" in key for key in chat.page.evaluate("Object.keys(localStorage)"))


def test_the_question_before_the_end_can_be_answered_with_no(chat: Chat) -> None:
    chat.button("More choices").click()
    chat.button("End and clear").click()
    expect(chat.button("Keep the chat")).to_be_focused()
    chat.button("Keep the chat").click()
    expect(chat.messages).to_have_count(1)


def test_after_the_end_another_chat_can_be_had(chat: Chat) -> None:
    end(chat)
    chat.button("Start a new chat").click()
    expect(chat.messages).to_have_count(1)
    chat.say("How long is the hospital stay?")


def test_a_copy_is_saved_as_text(chat: Chat, tmp_path: Path) -> None:
    chat.say("How long is the hospital stay?")
    chat.button("More choices").click()
    before = len(chat.requests)
    with chat.page.expect_download() as download:
        chat.button("Save a copy").click()
    download.value.save_as(tmp_path / "chat.txt")
    copy = (tmp_path / "chat.txt").read_text(encoding="utf-8-sig")
    assert copy.startswith("Chat with the automated assistant of Datta Endoscopic Back Surgery and Pain Center")
    assert "You, " in copy
    assert "How long is the hospital stay?" in copy
    assert chat.texts()[-1] in copy
    assert [url for url in chat.requests[before:] if not url.startswith("blob:")] == []


def test_the_conversation_alone_is_printed(visit: Callable[..., Chat]) -> None:
    chat = visit()
    # Stands for the print dialog, and keeps what it would have shown.
    chat.page.add_init_script("window.print = () => { parent.printed = document.body.innerText; };")
    chat.page.reload()
    chat.open()
    chat.say("How long is the hospital stay?")
    chat.button("More choices").click()
    chat.button("Print").click()
    printed = chat.page.evaluate("window.printed")
    assert "How long is the hospital stay?" in printed
    assert "What to expect" not in printed
    assert "Send" not in printed


def test_on_the_pages_own_print_the_chat_is_left_out(chat: Chat) -> None:
    chat.page.emulate_media(media="print")
    expect(chat.page.locator("candidacy-chat .root")).to_be_hidden()
