"""WCAG 2.0 to 2.2, A and AA, by axe-core on every page, light and dark; and on a narrow screen nothing is cut off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.console.clinic import OpenClinic
from tests.browser.console.states import STATES, reach
from tests.browser.test_accessibility import RUN, WCAG
from tests.support.console import DESKTOP, Desk

PHONE = {"width": 360, "height": 740}
ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 %."""

OUTSIDE = """() => {
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll("button, a, input, select, textarea, p, li, h1, h2, h3, label, dd")]
      .filter((part) => part.checkVisibility() && !part.closest(".scroll, .skip, .unseen"))
      .map((part) => [(part.textContent.trim() || part.id).slice(0, 60), part.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.left < -0.5 || box.right > wide + 0.5))
      .map(([text]) => text);
}"""


@pytest.fixture(params=STATES)
def desk(request: pytest.FixtureRequest, clinic: OpenClinic) -> Iterator[Desk]:
    """A desk with a page on it."""
    desk = reach(request.param, clinic)
    yield desk
    desk.page.set_viewport_size(DESKTOP)
    desk.page.emulate_media(color_scheme="light")
    assert desk.errors == []


def load(page: Page, axe: str) -> None:
    """Have axe-core in the page, past its content security policy."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": axe})


def findings(page: Page) -> list[tuple[str, list[str]]]:
    found = page.evaluate(RUN, WCAG)
    return [(rule["id"], [node["target"][0] for node in rule["nodes"]]) for rule in found["violations"]]


def test_axe_finds_nothing_and_nothing_is_cut_off(desk: Desk, axe: str) -> None:
    page = desk.page
    load(page, axe)
    assert findings(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert findings(page) == []
    for size in (PHONE, ZOOMED):
        page.set_viewport_size(size)
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
