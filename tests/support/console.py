"""Somebody of the staff at the console, in a real browser."""

import re
import time
from typing import Any

import pyotp
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.support.browser import PEOPLE_WAIT_MS

PASSWORD = "window cactus lamp seven"
DESKTOP = {"width": 1280, "height": 900}
STEP_SECONDS = 30

expect.set_options(timeout=PEOPLE_WAIT_MS)


class Authenticator:
    """An authenticator app. A code counts once; one may be a step early, so two can be had without a wait."""

    def __init__(self, key: str) -> None:
        self._codes = pyotp.TOTP(key.replace(" ", ""))
        self._last = 0

    def code(self) -> str:
        """A code that was not used yet."""
        step = max(self._step(), self._last + 1)
        while step > self._step() + 1:
            time.sleep(1)
        self._last = step
        return self._codes.generate_otp(step)

    @staticmethod
    def _step() -> int:
        return int(time.time()) // STEP_SECONDS


class Desk:
    """One tab of a browser at the console.

    Args:
        browser: the browser, in which this is a window with cookies of its own.
        url: where the console is.
        options: Playwright's, of a new context.
    """

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url = url
        self.context = browser.new_context(**{"viewport": DESKTOP, **options})
        self.page: Page = self.context.new_page()
        self._said: list[tuple[str, str]] = []
        self._refused: set[str] = set()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._said.append((str(error), "")))
        self.page.on("response", self._look)

    # ------------------------------------------------------------------ accounts

    def set_up(self, link: str) -> Authenticator:
        """Set an account up with its one-time link; gives the app, which has the account's key now."""
        self.page.goto(link)
        app = Authenticator(self.page.locator("code.key").inner_text())
        self.write("Password", PASSWORD)
        self.write("The same password again", PASSWORD)
        self.write("Code", app.code())
        self.press("Set up the account")
        expect(self.heading).to_have_text("Your recovery codes")
        return app

    def sign_in(self, name: str, app: Authenticator) -> None:
        """Sign in with the password and a code of the app."""
        self.open("/sign-in")
        self.write("Sign-in name", name)
        self.write("Password", PASSWORD)
        self.write("Code", app.code())
        self.press("Sign in")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    # ------------------------------------------------------------------ what one does

    def open(self, path: str, *, status: int = 200) -> None:
        """Go to an address of the console, which must answer so."""
        response = self.page.goto(self.url + path)
        assert response is not None
        assert response.status == status, (path, response.status)

    def go(self, place: str) -> None:
        """Follow the navigation."""
        self.page.get_by_role("navigation", name="Console").get_by_role("link", name=place, exact=True).click()
        expect(self.heading).to_have_text(place)

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str | re.Pattern[str]) -> None:
        """Choose the option with these words."""
        field = self.page.get_by_label(label, exact=True)
        words = field.locator("option").filter(has_text=option).first.inner_text()
        field.select_option(label=words)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def open_line(self, conversation_id: str) -> None:
        """Open a conversation from the inbox that is shown."""
        self.line(conversation_id).get_by_role("link").click()
        expect(self.page).to_have_url(re.compile(f"/conversations/{conversation_id}$"))

    # ------------------------------------------------------------------ what there is

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def line(self, conversation_id: str) -> Locator:
        """A conversation's line in the inbox."""
        return self.page.locator(f'#lines > li[data-id="{conversation_id}"]')

    @property
    def messages(self) -> Locator:
        """The messages of the conversation that is open."""
        return self.page.locator("#messages > li")

    def section(self, heading: str | re.Pattern[str]) -> Locator:
        """The part of the page under a heading."""
        return self.page.locator("section").filter(has=self.page.get_by_role("heading", name=heading)).last

    @property
    def errors(self) -> list[str]:
        """What the browser's console said was wrong, and what the content security policy stopped.

        Of a page that was refused as a whole it says so too; that is what the test looks at itself.
        """
        return [text for text, address in self._said if address not in self._refused]

    def close(self) -> None:
        """Close the window."""
        self.context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._said.append((message.text, message.location["url"]))

    def _look(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status >= 400:
            self._refused.add(response.url)
