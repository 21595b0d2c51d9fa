"""Everything can be done without a mouse."""

from tests.support.browser import Chat
from tests.support.conversation import stored_of
from tests.support.stack import Stack

REQUEST = ["Ann Lee", "(646) 555-0123", "Call me", "Morning", "Skip", "Yes, they may", "Yes, send it"]
SCREENING = ["Answer screening questions", "Yes, start", "Me", "Yes", "No, none of these", "No", "Not sure", "No"]


def tab_to(chat: Chat, name: str) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(60):
        if chat.focused() == name:
            return
        chat.page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} is not reached by Tab")


def answer(chat: Chat, answers: list[str]) -> None:
    """Choose each answer where it is offered, else type it; all by keyboard."""
    for text in answers:
        if text in chat.choices.all_inner_texts():
            tab_to(chat, text)
            chat.page.keyboard.press("Enter")
        else:
            tab_to(chat, "Your message")
            chat.page.keyboard.type(text)
            chat.page.keyboard.press("Enter")
        chat.reply()


def test_the_screening_and_the_request_are_done_by_keyboard_alone(chat: Chat, stack: Stack) -> None:
    answer(chat, [*SCREENING, "Yes, that is right", "Request a consultation", *REQUEST])
    assert "Your reference is SF-" in chat.texts()[-1]
    assert stored_of(stack, conversation_of(chat), {"request": None})["request"] == {
        "name": "Ann Lee",
        "phone": "+16465550123",
        "method": "call",
        "time": "morning",
        "note": None,
    }


def test_from_a_pressed_choice_the_next_ones_are_one_step_away(chat: Chat) -> None:
    tab_to(chat, "Answer screening questions")
    chat.page.keyboard.press("Enter")
    chat.reply()
    assert chat.focused() == "Answer screening questions"
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Tab")
    assert chat.focused() in chat.choices.all_inner_texts()


def test_shift_and_enter_begin_a_line(chat: Chat) -> None:
    chat.input.focus()
    chat.page.keyboard.type("One")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("two")
    assert chat.input.input_value() == "One\ntwo"


def test_escape_takes_back_a_question_before_it_closes_the_chat(chat: Chat) -> None:
    tab_to(chat, "More choices")
    chat.page.keyboard.press("Enter")
    tab_to(chat, "End and clear")
    chat.page.keyboard.press("Enter")
    assert chat.focused() == "Keep the chat"
    chat.page.keyboard.press("Escape")
    assert chat.focused() == "More choices"
    chat.page.keyboard.press("Escape")
    assert chat.focused() == "Continue the chat"


def conversation_of(chat: Chat) -> str:
    """The id of the conversation in this browser."""
    conversation: str = chat.page.evaluate(
        "document.querySelector('candidacy-chat').conversation.memory.session.conversation"
    )
    return conversation
