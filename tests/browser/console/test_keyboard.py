"""The console without a mouse: single keys for what staff do all day, and a focus that can be seen."""

import re

from playwright.sync_api import expect

from tests.browser.console.clinic import AGENT, OpenClinic
from tests.support.console import Desk

OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


def focus(desk: Desk) -> str:
    """The conversation whose line has the focus."""
    conversation: str = desk.page.evaluate("document.activeElement.closest('li')?.dataset.id ?? ''")
    return conversation


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        # Keys are the page's script's, which is there once the page is.
        desk.page.wait_for_load_state()
        desk.page.keyboard.press(key)


def test_a_walk_through_the_inbox(clinic: OpenClinic) -> None:
    desk = clinic.desks[AGENT]
    desk.open("/inbox")
    lines = desk.page.locator("#lines > li").evaluate_all("lines => lines.map((line) => line.dataset.id)")

    press(desk, "j")
    assert focus(desk) == lines[0]
    assert desk.page.evaluate(OUTLINE) == "solid"
    press(desk, "j", "j", "k")
    assert focus(desk) == lines[1]

    press(desk, "Enter")
    expect(desk.page).to_have_url(re.compile(f"/conversations/{lines[1]}$"))
    press(desk, "j")
    expect(desk.page).to_have_url(re.compile(f"/conversations/{lines[2]}$"))
    press(desk, "k")
    expect(desk.page).to_have_url(re.compile(f"/conversations/{lines[1]}$"))
    press(desk, "i")
    expect(desk.heading).to_have_text("Inbox")
    press(desk, "/")
    expect(desk.heading).to_have_text("Search")
    assert desk.errors == []


def test_a_conversation_is_claimed_answered_and_closed_with_keys_alone(clinic: OpenClinic) -> None:
    desk = clinic.desks[AGENT]
    desk.open(f"/conversations/{clinic.day['unanswered']}")

    press(desk, "c")
    expect(desk.page.get_by_role("button", name="Hand back to the assistant")).to_be_visible()
    press(desk, "r")
    expect(desk.page.get_by_label("Your reply to the visitor")).to_be_focused()
    desk.page.keyboard.type("I will ask. r and e are letters here.")
    press(desk, "Control+Enter")
    expect(desk.messages.last).to_contain_text("I will ask. r and e are letters here.")

    press(desk, "e")
    expect(desk.page.get_by_text("Closed", exact=True)).to_be_visible()
    assert desk.errors == []


def test_the_keys_are_shown_and_can_be_turned_off(clinic: OpenClinic) -> None:
    desk = clinic.desks[AGENT]
    desk.open("/inbox")
    press(desk, "?")
    keys = desk.page.locator("#keys")
    expect(keys).to_be_visible()
    switch = keys.get_by_role("checkbox")
    switch.uncheck()
    press(desk, "Escape")
    press(desk, "/")
    expect(desk.heading).to_have_text("Inbox")
    desk.page.get_by_role("button", name="Keyboard (?)").click()
    switch.check()
    press(desk, "Escape", "/")
    expect(desk.heading).to_have_text("Search")


def test_the_first_step_leads_past_the_navigation(clinic: OpenClinic) -> None:
    desk = clinic.desks[AGENT]
    desk.open("/inbox")
    press(desk, "Tab")
    expect(desk.page.get_by_role("link", name="Skip to the page's content")).to_be_focused()
    press(desk, "Enter", "Tab")
    assert desk.page.evaluate("document.getElementById('main').contains(document.activeElement)")
