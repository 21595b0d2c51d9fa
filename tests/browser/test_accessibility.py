"""WCAG 2.0 to 2.2, A and AA, by axe-core in every state; and what axe cannot see: size, zoom, on-screen keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.states import NARROW, STATES, ZOOMED, question, reach
from tests.support.browser import Chat

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })"

OUTSIDE = """() => {
    const root = document.querySelector("candidacy-chat").shadowRoot;
    const wide = document.documentElement.clientWidth;
    return [...root.querySelectorAll("button, a, textarea, p, li, h2")]
      .filter((part) => part.checkVisibility() && !part.matches(".unseen, .unseen *"))
      .map((part) => ({ text: part.innerText, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.left < -0.5 || box.right > wide + 0.5)
      .map(({ text }) => text);
}"""

SMALL = """() => {
    const root = document.querySelector("candidacy-chat").shadowRoot;
    return [...root.querySelectorAll("button, textarea, a.call")]
      .filter((part) => part.checkVisibility())
      .map((part) => [part.innerText, part.getBoundingClientRect()])
      .filter(([, box]) => box.height < 44 || box.width < 44)
      .map(([text, box]) => `${text} ${box.width}x${box.height}`);
}"""

SMALLEST_TYPE = """() => {
    const root = document.querySelector("candidacy-chat").shadowRoot;
    const sizes = [...root.querySelectorAll(".bubble, button, textarea, .notice, #about, .author, label")]
      .map((part) => parseFloat(getComputedStyle(part).fontSize));
    return Math.min(...sizes);
}"""


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(visit: Callable[..., Chat], axe: str, name: str) -> None:
    chat = reach(name, visit)
    chat.page.evaluate(axe)
    found = chat.page.evaluate(RUN, WCAG)
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]] == []


@pytest.mark.parametrize("name", ["question", "emergency", "offline", "more-choices", "320-question"])
def test_what_can_be_pressed_is_large_enough_and_type_is_large(visit: Callable[..., Chat], name: str) -> None:
    chat = reach(name, visit)
    assert chat.page.evaluate(SMALL) == []
    assert chat.page.evaluate(SMALLEST_TYPE) >= 15


@pytest.mark.parametrize(
    "name", ["320-question", "320-emergency", "320-offline", "zoom-400-question", "zoom-400-emergency"]
)
def test_on_a_narrow_screen_nothing_is_cut_off(visit: Callable[..., Chat], name: str) -> None:
    chat = reach(name, visit)
    assert chat.page.evaluate(OUTSIDE) == []
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_at_400_percent_everything_can_be_reached(visit: Callable[..., Chat]) -> None:
    chat = reach("zoom-400-question", visit)
    for name in ("Close the chat", "Talk to a person", "More choices", "Send"):
        chat.button(name).scroll_into_view_if_needed()
        expect(chat.button(name)).to_be_in_viewport(ratio=0.99)
    chat.button("Not sure").last.click()
    chat.reply()


def test_with_type_twice_as_large_nothing_is_cut_off(visit: Callable[..., Chat]) -> None:
    chat = visit()
    chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    question(chat)
    assert chat.page.evaluate(OUTSIDE) == []
    for name in ("Close the chat", "Send", "Talk to a person"):
        chat.button(name).scroll_into_view_if_needed()
        expect(chat.button(name)).to_be_in_viewport(ratio=0.99)


def test_a_keyboard_on_the_screen_covers_nothing(visit: Callable[..., Chat]) -> None:
    chat = visit(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    # A keyboard makes the visual viewport smaller, and nothing else.
    chat.page.evaluate("Object.defineProperty(visualViewport, 'height', { get: () => innerHeight - 300 })")
    chat.open()
    chat.page.evaluate("visualViewport.dispatchEvent(new Event('resize'))")
    top_of_keyboard = 780 - 300
    box = chat.button("Send").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= top_of_keyboard
    chat.say("How long is the hospital stay?")
    reply = chat.messages.last.locator(".author").bounding_box()
    assert reply is not None
    assert reply["y"] < top_of_keyboard


def test_turning_the_screen_keeps_the_focus_and_the_text(visit: Callable[..., Chat]) -> None:
    chat = visit(**NARROW).open()
    chat.input.fill("Half a sent")
    chat.page.set_viewport_size({"width": 900, "height": 700})
    expect(chat.input).to_be_focused()
    expect(chat.input).to_have_value("Half a sent")
    expect(chat.panel).to_be_visible()


def test_nothing_moves(visit: Callable[..., Chat]) -> None:
    chat = visit(reduced_motion="reduce")
    question(chat)
    lengths = "one => one.shadowRoot.getAnimations().map(({ effect }) => effect.getTiming().duration)"
    assert sum(chat.page.locator("candidacy-chat").evaluate(lengths)) == 0


def test_in_forced_colors_what_can_be_pressed_keeps_its_border(visit: Callable[..., Chat]) -> None:
    chat = reach("forced-colors-question", visit)
    for button in chat.panel.get_by_role("button").all():
        assert button.evaluate("element => parseFloat(getComputedStyle(element).borderTopWidth)") >= 1


def test_it_speaks_of_itself_as_a_dialog_with_a_name(visit: Callable[..., Chat]) -> None:
    chat = visit(**ZOOMED).open()
    expect(chat.panel).to_have_accessible_name("Automated assistant")
    expect(chat.panel).to_have_accessible_description("Not a person. In an emergency, call 911.")
