"""Somebody in a real browser, on the clinic's sample page."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Route, expect

REPLY_MS = 20_000
TOOLS = Path(__file__).parent.parent / "browser"

PEOPLE_WAIT_MS = 15_000
"""How long a test waits for what a person would wait for; nothing is said of how fast it must be."""

expect.set_options(timeout=PEOPLE_WAIT_MS)

WATCH = """
    window.violations = [];
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      violations.push(`${violatedDirective} ${blockedURI}`));
    window.shifts = [];
    const isOfPage = ({ node }) => node && node.getRootNode() === document;
    const ofPage = (list) => list.getEntries().flatMap((entry) => entry.sources).filter(isOfPage);
    new PerformanceObserver((list) => shifts.push(...ofPage(list).map(({ node }) => node.nodeName)))
      .observe({ type: "layout-shift", buffered: true });
"""


_OTHERS = re.compile(r"message (assistant|staff|system)")


def chromium_path() -> str | None:
    """The machine's Chromium."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium, without a window."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])


class Chat:
    """The sample page in one tab, and its chat."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.add_init_script(WATCH)
        # What is spoken is kept, since a screen reader hears also what is gone again.
        page.add_init_script(path=TOOLS / "hearing.js")

    # ------------------------------------------------------------------ what a visitor does

    def visit(self, path: str = "/") -> "Chat":
        """Load the page."""
        self.page.goto(self.url + path)
        self.launcher.wait_for()
        return self

    def open(self) -> "Chat":
        """Press the button, and wait for the opening."""
        self.launcher.click()
        self.messages.first.wait_for()
        return self

    def say(self, text: str) -> Locator:
        """Type a message and wait for the newest message to be a reply."""
        self.write(text)
        return self.reply()

    def write(self, text: str) -> None:
        """Type a message, and send it."""
        self.input.fill(text)
        self.input.press("Enter")

    def press(self, title: str) -> Locator:
        """Press a button of the newest reply, and wait for what follows."""
        self.button(title).last.click()
        return self.reply()

    def reply(self) -> Locator:
        """The newest message, once the visitor's last word is answered."""
        last = self.messages.last
        expect(last).to_have_class(_OTHERS, timeout=REPLY_MS)
        return last

    # ------------------------------------------------------------------ what there is

    @property
    def launcher(self) -> Locator:
        return self.page.locator("candidacy-chat button.launcher")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def input(self) -> Locator:
        return self.page.locator("candidacy-chat textarea")

    @property
    def messages(self) -> Locator:
        return self.page.locator("candidacy-chat li.message")

    @property
    def choices(self) -> Locator:
        """Quick replies that can be pressed."""
        return self.page.locator("candidacy-chat button.choice:enabled:not([aria-disabled])")

    def button(self, name: str) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True)

    def texts(self) -> list[str]:
        """The messages as they are read."""
        return self.page.locator("candidacy-chat li.message .bubble").all_inner_texts()

    def spoken(self) -> list[dict[str, str]]:
        """All that a screen reader was given since the page was loaded: `{how, text}`."""
        heard: list[dict[str, str]] = self.page.evaluate("window.heard")
        return heard

    def spoken_texts(self) -> list[str]:
        return [entry["text"] for entry in self.spoken()]

    def focused(self) -> str:
        """What has the focus, inside the chat if it is there: its name in the page's words."""
        name: str = self.page.evaluate(
            """() => {
                const host = document.activeElement;
                const inner = host.shadowRoot ? host.shadowRoot.activeElement : host;
                const named = (inner.labels && inner.labels[0]) || inner;
                return inner.getAttribute("aria-label") || named.innerText || inner.tagName;
            }"""
        )
        return name.strip().split("\n")[0]

    def take(self, *messages: dict[str, Any]) -> None:
        """Have the server's messages come in, as if the stream had brought them."""
        self.page.evaluate(
            "messages => document.querySelector('candidacy-chat').conversation.take(messages, false)",
            [{**_BLANK, "id": self.position() + number, **message} for number, message in enumerate(messages, start=1)],
        )

    def position(self) -> int:
        """The id of the newest message."""
        position: int = self.page.evaluate("document.querySelector('candidacy-chat').conversation.transcript.position")
        return position

    def violations(self) -> list[str]:
        """What the page's content security policy stopped."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def speak(self, language: str) -> None:
        """Have the page say that it is in another language."""

        def translate(route: Route) -> None:
            page = route.fetch()
            route.fulfill(response=page, body=page.text().replace('<html lang="en">', f'<html lang="{language}">'))

        self.page.route(f"{self.url}/", translate)

    # ------------------------------------------------------------------ what goes wrong

    @contextmanager
    def offline(self) -> Iterator[None]:
        """The network is away."""
        self.page.context.set_offline(True)
        try:
            yield
        finally:
            self.page.context.set_offline(False)

    def route(self, path: str, answer: Callable[[Route], None]) -> None:
        """Answer a request of the chat instead of the server."""
        self.page.route(f"{self.url}/api/chat/{path}", answer)

    def refuse(self, path: str, status: int, body: dict[str, Any], *, method: str = "POST", **headers: str) -> None:
        """Have the server refuse a request."""

        def answer(route: Route) -> None:
            if route.request.method != method:
                return route.fallback()
            route.fulfill(status=status, body=json.dumps(body), headers={"Content-Type": "application/json", **headers})

        self.route(path, answer)


_BLANK = {
    "author": "assistant",
    "kind": "answer",
    "text": "",
    "links": [],
    "buttons": [],
    "facts": [],
    "at": "2030-05-01T12:00:00+00:00",
    "client_id": None,
}


def new_chat(browser: Browser, url: str, **options: Any) -> tuple[Chat, BrowserContext]:
    """A visitor with a browser of their own; the options are Playwright's of a new context."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    return Chat(context.new_page(), url), context
