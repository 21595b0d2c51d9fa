"""How messages are shown: numbers, links and lists as such, choices as buttons, and nobody's words as markup."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import Chat

MARKUP = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "[click](javascript:alert(1))",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
]


@pytest.mark.parametrize("author", ["assistant", "staff", "system", "visitor"])
def test_markup_is_shown_as_text_whoever_writes_it(chat: Chat, author: str) -> None:
    dialogs: list[str] = []
    chat.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    text = "\n".join(MARKUP)
    buttons = [{"id": "9-1", "title": MARKUP[0], "live": True}]
    chat.take({"author": author, "text": text, "buttons": [] if author == "visitor" else buttons})
    assert chat.texts()[-1] == text
    newest = chat.messages.last
    assert newest.locator("img, script, svg, a").count() == 0
    assert dialogs == []


def test_what_a_visitor_types_is_text_too(chat: Chat) -> None:
    chat.say(MARKUP[0])
    assert MARKUP[0] in chat.texts()


def test_a_link_to_anything_but_a_number_or_a_page_is_no_link(chat: Chat) -> None:
    links = [
        {"text": word, "href": href} for word, href in [("here", "javascript:alert(1)"), ("there", "data:text/html,x")]
    ]
    chat.take({"text": "Press here or there.", "kind": "emergency", "links": links})
    assert chat.messages.last.locator("a").count() == 0


def test_numbers_are_links_to_tap_and_pages_open_beside_the_chat(chat: Chat) -> None:
    link = {"text": "(212) 430-0312", "href": "tel:+1-212-430-0312"}
    chat.take(
        {"text": "Call (212) 430-0312, or read https://clinic.example/a?b=1.", "links": [link], "author": "staff"}
    )
    number, page = chat.messages.last.locator("a").all()
    assert (number.inner_text(), number.get_attribute("href")) == ("(212) 430-0312", "tel:+1-212-430-0312")
    assert page.get_attribute("href") == "https://clinic.example/a?b=1"
    assert page.get_attribute("rel") == "noopener noreferrer"
    assert "opens in a new tab" in (page.text_content() or "")


def test_a_number_inside_a_longer_one_is_no_link(chat: Chat) -> None:
    chat.take({"text": "Ticket 19110, not 911.", "links": [{"text": "911", "href": "tel:911"}]})
    assert chat.messages.last.locator("a").count() == 1


def test_lines_with_dashes_are_a_list(chat: Chat) -> None:
    chat.take({"text": "Here is what I have:\n- Fracture: yes.\n- Surgery: no.\nIs that right?"})
    newest = chat.messages.last
    assert newest.locator("ul.choices, .bubble ul").first.locator("li").all_inner_texts() == [
        "Fracture: yes.",
        "Surgery: no.",
    ]
    assert newest.locator(".bubble > p").all_inner_texts() == ["Here is what I have:", "Is that right?"]


def test_choices_are_buttons_and_stale_ones_are_disabled(chat: Chat) -> None:
    chat.press("Answer screening questions")
    for title in ("Ask about fusion", "Request a consultation"):
        expect(chat.button(title).first).to_be_disabled()
    expect(chat.button("Yes, start")).to_be_enabled()


def test_typing_does_as_well_as_a_choice(chat: Chat) -> None:
    chat.press("Answer screening questions")
    chat.say("yes")
    assert chat.texts()[-1] == "Who are the questions for?"
    expect(chat.button("Yes, start")).to_be_disabled()


def test_a_choice_pressed_twice_is_sent_once(chat: Chat) -> None:
    chat.button("Answer screening questions").dblclick()
    chat.reply()
    assert chat.texts().count("Answer screening questions") == 1


def test_a_choice_that_came_too_late_says_so(chat: Chat) -> None:
    chat.refuse("messages", 409, {"error": "stale_button", "message": "for developers"})
    chat.button("Answer screening questions").click()
    expect(chat.messages.last).to_contain_text("Not sent: the question has changed.")
    assert "for developers" not in chat.panel.inner_text()


def test_a_reply_is_read_from_its_first_line(chat: Chat) -> None:
    chat.take({"text": "First line.\n" + "And another one.\n" * 60})
    expect(chat.messages.last.locator(".author")).to_be_in_viewport()
