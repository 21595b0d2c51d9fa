"""The states in which the chat is looked at: each is reached as a visitor would, on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect

from tests.support.browser import Chat

EMERGENCY = "I can't feel between my legs and I can't pee"
CRISIS = "I want to kill myself"
SCREENING = ["Answer screening questions", "Yes, start", "Me", "Yes", "No, none of these"]
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
NARROW = {"viewport": {"width": 320, "height": 640}}
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 2}
"""A window of 1280 by 1024 at 400 %."""


@dataclass(frozen=True)
class State:
    """How a state is reached, with what browser (Playwright's options of a context)."""

    reach: Callable[[Chat], Any]
    options: dict[str, Any] = field(default_factory=dict)


def closed(chat: Chat) -> None:
    """As the page is found."""


def opened(chat: Chat) -> None:
    chat.open()


def answered(chat: Chat) -> None:
    chat.open().say("How long would I be in the hospital, and will I need PT?")


def question(chat: Chat) -> None:
    chat.open()
    for title in SCREENING:
        chat.press(title)


def read_back(chat: Chat) -> None:
    question(chat)
    chat.say("yes, L1")
    chat.say("yes, scoliosis")
    chat.say("no")


def emergency(chat: Chat) -> None:
    chat.open().say(EMERGENCY)


def crisis(chat: Chat) -> None:
    chat.open().say(CRISIS)


def emergency_while_closed(chat: Chat) -> None:
    chat.open().button("Close the chat").click()
    links = [{"text": "911", "href": "tel:911"}]
    chat.take({"kind": "emergency", "text": "Call 911 now. What you describe may be an emergency.", "links": links})


def unread(chat: Chat) -> None:
    chat.open().button("Close the chat").click()
    chat.take({"text": "Hello, this is Kim from the clinic.", "author": "staff"})


def staff(chat: Chat) -> None:
    chat.open()
    chat.take({"text": "Hello, this is Kim from the clinic. What is your question?", "author": "staff", "kind": None})


def writing(chat: Chat) -> None:
    chat.open()
    chat.page.evaluate("document.querySelector('candidacy-chat').conversation.setWriting(true)")


def offline(chat: Chat) -> None:
    chat.open()
    chat.page.context.set_offline(True)
    chat.write("How long is the hospital stay?")
    expect(chat.messages.last).to_contain_text("Not sent yet.")


def unreachable(chat: Chat) -> None:
    chat.route("**", lambda route: route.abort())
    chat.launcher.click()
    expect(chat.page.locator(".notice.away")).to_be_visible()


def not_sent(chat: Chat) -> None:
    chat.open()
    chat.refuse("messages", 400, {"error": "unexpected", "message": "for developers"})
    chat.write("How long is the hospital stay?")
    expect(chat.messages.last).to_contain_text("Not sent.")


def too_long(chat: Chat) -> None:
    chat.open().write("a" * 2001)


def ends_soon(chat: Chat) -> None:
    chat.open()
    chat.refuse("session", 200, {"expires_in": 110}, method="GET")
    chat.page.evaluate("document.querySelector('candidacy-chat').conversation.readSession()")
    expect(chat.panel).to_contain_text("This chat ends in")


def before_the_end(chat: Chat) -> None:
    chat.open().button("More choices").click()
    chat.button("End and clear").click()


def after_the_end(chat: Chat) -> None:
    before_the_end(chat)
    chat.button("End and clear").first.click()
    expect(chat.panel).to_contain_text("The chat has ended.")


def expired(chat: Chat) -> None:
    chat.open()
    chat.refuse("messages", 401, {"error": "session_expired", "message": "for developers"})
    chat.write("How long is the hospital stay?")
    expect(chat.panel).to_contain_text("This chat has ended")


def more_choices(chat: Chat) -> None:
    chat.open().button("More choices").click()


def spanish_emergency(chat: Chat) -> None:
    chat.open().say("No puedo respirar y me duele el pecho")


DARK = {"color_scheme": "dark"}
FORCED = {"forced_colors": "active"}

STATES = {
    "closed": State(closed),
    "open": State(opened),
    "answer": State(answered),
    "question": State(question),
    "read-back": State(read_back),
    "emergency": State(emergency),
    "crisis": State(crisis),
    "emergency-while-closed": State(emergency_while_closed),
    "unread": State(unread),
    "staff": State(staff),
    "writing": State(writing),
    "offline": State(offline),
    "unreachable": State(unreachable),
    "not-sent": State(not_sent),
    "too-long": State(too_long),
    "ends-soon": State(ends_soon),
    "more-choices": State(more_choices),
    "before-the-end": State(before_the_end),
    "after-the-end": State(after_the_end),
    "expired": State(expired),
    "dark-closed": State(closed, DARK),
    "dark-question": State(question, DARK),
    "dark-emergency": State(emergency, DARK),
    "dark-offline": State(offline, DARK),
    "phone-question": State(question, PHONE),
    "phone-emergency": State(emergency, PHONE),
    "320-closed": State(closed, NARROW),
    "320-question": State(question, NARROW),
    "320-emergency": State(emergency, NARROW),
    "320-offline": State(offline, NARROW),
    "zoom-400-question": State(question, ZOOMED),
    "zoom-400-emergency": State(emergency, ZOOMED),
    "forced-colors-question": State(question, FORCED),
    "forced-colors-emergency": State(emergency, FORCED),
    "spanish-open": State(lambda chat: chat.open(), {"es": True}),
    "spanish-emergency": State(spanish_emergency, {"es": True}),
    "spanish-unreachable": State(unreachable, {"es": True}),
    "spanish-more-choices": State(lambda chat: chat.open().button("Más opciones").click(), {"es": True}),
}
"""By name; a Spanish page is the sample page with `lang="es"`."""


def reach(name: str, visit: Callable[..., Chat]) -> Chat:
    """A chat in a state."""
    state = STATES[name]
    options = dict(state.options)
    spanish = bool(options.pop("es", False))
    chat = visit(spanish=spanish, **options)
    state.reach(chat)
    return chat
